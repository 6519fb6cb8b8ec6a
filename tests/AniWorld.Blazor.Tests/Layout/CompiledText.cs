using System.Reflection;
using System.Reflection.Emit;

namespace AniWorld.Blazor.Tests.Layout;

/// <summary>What a method was compiled to, as far as texts go: its instructions with the strings and methods they name.</summary>
internal static class CompiledText
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>A string, a called method, or <see langword="null"/> for each instruction that names neither.</summary>
    public static IReadOnlyList<object?> Read(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var read = new List<object?>();
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (short)((0xFE << 8) | code[at + 1]) : code[at];
            at += code[at] == 0xFE ? 2 : 1;
            var operand = Codes[value].OperandType;
            read.Add(operand switch
            {
                OperandType.InlineString => method.Module.ResolveString(BitConverter.ToInt32(code, at)),
                OperandType.InlineMethod => MethodOf(method, BitConverter.ToInt32(code, at)),
                _ => null,
            });
            at += SizeOf(operand, code, at);
        }

        return read;
    }

    private static MethodBase? MethodOf(MethodBase caller, int token) => caller.Module.ResolveMethod(
        token, caller.DeclaringType?.GetGenericArguments(), caller.IsGenericMethod ? caller.GetGenericArguments() : null);

    private static int SizeOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
