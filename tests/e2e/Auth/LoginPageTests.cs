using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AniWorld.E2E.Auth;

[Trait("Kind", "browser")]
public sealed class LoginPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_wrong_password_is_said_and_the_right_one_logs_in()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await LogInAsync(page, "eine falsche Losung");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The password is wrong; try again.");

        await LogInAsync(page, SampleServer.Password);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard", Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Logging_out_signs_the_other_tabs_out_within_five_seconds()
    {
        await using var sample = await SampleServer.StartReadyAsync();
        await using var context = await chromium.NewContextAsync(sample.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/login");
        await LogInAsync(page, SampleServer.Password);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard", Level = 1 })).ToBeVisibleAsync();
        var other = await context.NewPageAsync();
        await other.GotoAsync("/settings");
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Schedule" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();

        await Expect(other).ToHaveURLAsync(new Regex("/login"), new() { Timeout = 5_000 });
        await Expect(page).ToHaveURLAsync(new Regex("/login"));
    }

    private static async Task LogInAsync(IPage page, string password)
    {
        await page.GetByLabel("Master password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
    }
}
