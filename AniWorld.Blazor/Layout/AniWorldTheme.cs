using MudBlazor;

namespace AniWorld.Blazor.Layout;

/// <summary>Colours, type and shapes: neutral surfaces, one accent, small radius, thin lines instead of shadows.</summary>
/// <remarks>Every text colour has a contrast of at least 4.5:1 on the surfaces of its palette.</remarks>
internal static class AniWorldTheme
{
    private static readonly string[] Font = ["Inter", "Segoe UI Variable", "Segoe UI", "system-ui", "sans-serif"];

    public static MudTheme Light { get; } = In(":root");

    /// <summary>More closely scoped than <see cref="Light"/>, which it overrides.</summary>
    public static MudTheme Dark { get; } = In(":root[data-theme=dark]");

    /// <param name="scope">Selector of the element that gets the variables.</param>
    private static MudTheme In(string scope) => new()
    {
        PseudoCss = new PseudoCss { Scope = scope },
        PaletteLight = new PaletteLight
        {
            Primary = "#0f6cbd",
            PrimaryContrastText = "#ffffff",
            Secondary = "#5b5f66",
            Info = "#0f6cbd",
            Success = "#0e700e",
            Warning = "#8a5300",
            Error = "#b10e1c",
            Background = "#f7f7f8",
            BackgroundGray = "#efeff1",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b1c1f",
            DrawerBackground = "#f7f7f8",
            DrawerText = "#1b1c1f",
            TextPrimary = "#1b1c1f",
            TextSecondary = "#5b5f66",
            TextDisabled = "#8d9199",
            ActionDefault = "#44474d",
            ActionDisabled = "#a0a3aa",
            ActionDisabledBackground = "#e4e5e8",
            LinesDefault = "#e2e3e6",
            LinesInputs = "#b4b7be",
            Divider = "#e2e3e6",
            TableLines = "#e9eaec",
            TableHover = "#f2f3f5",
            Skeleton = "#e6e7ea",
            HoverOpacity = 0.05,
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#6ab0f3",
            PrimaryContrastText = "#0b1b2b",
            Secondary = "#a9adb5",
            SecondaryContrastText = "#17181a",
            Info = "#6ab0f3",
            InfoContrastText = "#0b1b2b",
            Success = "#6fcb73",
            SuccessContrastText = "#0c1f0d",
            Warning = "#f0c05a",
            WarningContrastText = "#241a04",
            Error = "#f58b92",
            ErrorContrastText = "#2c0a0d",
            Background = "#17181a",
            BackgroundGray = "#121315",
            Surface = "#202124",
            AppbarBackground = "#1b1c1f",
            AppbarText = "#f1f2f4",
            DrawerBackground = "#17181a",
            DrawerText = "#f1f2f4",
            TextPrimary = "#f1f2f4",
            TextSecondary = "#a9adb5",
            TextDisabled = "#75797f",
            ActionDefault = "#c6c9cf",
            ActionDisabled = "#5f6369",
            ActionDisabledBackground = "#303236",
            LinesDefault = "#33353a",
            LinesInputs = "#5c6068",
            Divider = "#33353a",
            TableLines = "#2b2d31",
            TableHover = "#27292c",
            Skeleton = "#2e3034",
            HoverOpacity = 0.08,
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "0" },
            H1 = new H1Typography { FontFamily = Font, FontSize = "1.625rem", FontWeight = "600", LineHeight = "1.25", LetterSpacing = "-.01em" },
            H2 = new H2Typography { FontFamily = Font, FontSize = "1.125rem", FontWeight = "600", LineHeight = "1.35", LetterSpacing = "0" },
            H3 = new H3Typography { FontFamily = Font, FontSize = "1rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "0" },
            H6 = new H6Typography { FontFamily = Font, FontSize = "1.0625rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "0" },
            Body1 = new Body1Typography { FontFamily = Font, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "0" },
            Body2 = new Body2Typography { FontFamily = Font, FontSize = ".8125rem", LineHeight = "1.45", LetterSpacing = "0" },
            Button = new ButtonTypography
            {
                FontFamily = Font,
                FontSize = ".875rem",
                FontWeight = "550",
                LineHeight = "1.5",
                LetterSpacing = "0",
                TextTransform = "none",
            },
            Caption = new CaptionTypography { FontFamily = Font, FontSize = ".75rem", LineHeight = "1.4", LetterSpacing = "0" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "4px", AppbarHeight = "52px" },
        Shadows = new Shadow { Elevation = Elevations() },
    };

    /// <summary>Flat, but for what floats over the page: menus, dialogs and messages.</summary>
    private static string[] Elevations() =>
    [
        "none",
        .. Enumerable.Repeat("none", 5),
        .. Enumerable.Repeat("0 4px 14px rgba(0,0,0,.14), 0 0 2px rgba(0,0,0,.12)", 20),
    ];
}
