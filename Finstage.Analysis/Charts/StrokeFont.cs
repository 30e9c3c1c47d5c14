namespace Finstage.Analysis.Charts;

/// <summary>
/// Letters as strokes on a grid, so that they have any size. Each pair of digits is a point, across and down; capitals reach from 0 to the
/// base line at 6, tails to 8; a space begins a new stroke. Pure and thread-safe.
/// </summary>
internal static class StrokeFont
{
    private const double CapHeight = 6;
    private const double Gap = 1.7;
    private const double Space = 2.2;
    private const string Unknown = "0040460600";

    private static readonly Dictionary<char, string> Glyphs = new()
    {
        ['0'] = "103041453616050110", ['1'] = "112026 1636", ['2'] = "01103041420646", ['3'] = "0110304142334445361605 1333", ['4'] = "36300444",
        ['5'] = "40000312324345361605", ['6'] = "413010010516364544331304", ['7'] = "004016", ['8'] = "103041423313020110 1304051636454433",
        ['9'] = "051636454130100102133342", ['.'] = "0606", [','] = "1607", [':'] = "0303 0606", ['-'] = "0333", ['−'] = "0444", ['+'] = "0444 2226",
        ['%'] = "0640 0010110100 3545463635", ['/'] = "0630", ['('] = "10010516", [')'] = "00111506", ['^'] = "022042", ['='] = "0242 0444",
        ['&'] = "4612112031320405162644", ['\''] = "0001", ['_'] = "0747", ['·'] = "0303", ['#'] = "1016 3036 0242 0444", ['!'] = "0004 0606",
        ['?'] = "01103041422324 2626", ['"'] = "0001 2021", ['<'] = "300336", ['>'] = "003306", ['|'] = "0007", ['*'] = "0343 1135 3115",
        ['$'] = "413010010213334445361605 2026", ['…'] = "0606 2626 4646",
        ['A'] = "062046 1434", ['B'] = "003041423303 334445360600", ['C'] = "4130100105163645", ['D'] = "00304145360600", ['E'] = "40000646 0333",
        ['F'] = "400006 0333", ['G'] = "41301001051636454323", ['H'] = "0006 4046 0343", ['I'] = "0006", ['J'] = "3035261605", ['K'] = "0006 4004 1346",
        ['L'] = "000646", ['M'] = "0600234046", ['N'] = "06004640", ['O'] = "103041453616050110", ['P'] = "06003041423303",
        ['Q'] = "103041453616050110 2446", ['R'] = "06003041423303 2346", ['S'] = "413010010213334445361605", ['T'] = "0040 2026",
        ['U'] = "000516364540", ['V'] = "002640", ['W'] = "0016223640", ['X'] = "0046 4006", ['Y'] = "002340 2326", ['Z'] = "00400646",
        ['a'] = "3322120305162635 3236", ['b'] = "0006 0312223335261605", ['c'] = "3322120305162635", ['d'] = "3036 3322120305162635",
        ['e'] = "04343322120305162635", ['f'] = "201116 0222", ['g'] = "3322120305162635 3237281807", ['h'] = "0006 0312223336", ['i'] = "0206 0000",
        ['j'] = "121708 1010", ['k'] = "0006 3204 1336", ['l'] = "0006", ['m'] = "0206 03122326 23324346", ['n'] = "0206 0312223336",
        ['o'] = "122233352616050312", ['p'] = "0208 0312223335261605", ['q'] = "3238 3322120305162635", ['r'] = "0206 031222",
        ['s'] = "33221203142435261605", ['t'] = "101526 0222", ['u'] = "0205162635 3236", ['v'] = "022642", ['w'] = "0216233642", ['x'] = "0236 3206",
        ['y'] = "0226 4218", ['z'] = "02320636",
    };

    /// <summary>How wide a text is, in pixels.</summary>
    /// <param name="text">The text; what has no strokes here is a box.</param>
    /// <param name="size">The height of a capital, in pixels.</param>
    public static double WidthOf(string text, double size) => Math.Max(0, text.Sum(AdvanceOf) - Gap) * size / CapHeight;

    /// <summary>Writes a text.</summary>
    /// <param name="canvas">What it is written on.</param>
    /// <param name="text">The text.</param>
    /// <param name="x">Where it begins.</param>
    /// <param name="baseLine">What it stands on.</param>
    /// <param name="size">The height of a capital, in pixels.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="isBold">Whether its strokes are broad.</param>
    public static void Write(Canvas canvas, string text, double x, double baseLine, double size, Colour colour, bool isBold = false)
    {
        var scale = size / CapHeight;
        var broad = size * (isBold ? 0.17 : 0.115);
        foreach (var letter in text)
        {
            foreach (var stroke in letter == ' ' ? [] : Glyphs.GetValueOrDefault(letter, Unknown).Split(' '))
            {
                for (var i = 2; i < stroke.Length; i += 2)
                {
                    canvas.Line(Across(i - 2), Down(i - 2), Across(i), Down(i), broad, colour);
                }

                double Across(int at) => x + ((stroke[at] - '0' + Indent(letter)) * scale);
                double Down(int at) => baseLine + ((stroke[at + 1] - '0' - CapHeight) * scale);
            }

            x += AdvanceOf(letter) * scale;
        }
    }

    // Figures line up: all are as wide as the widest, with a one in the middle.
    private static double AdvanceOf(char letter) => letter switch
    {
        ' ' => Space + Gap - 1,
        >= '0' and <= '9' => 4 + Gap,
        _ => Glyphs.GetValueOrDefault(letter, Unknown).Split(' ').Max(s => Enumerable.Range(0, s.Length / 2).Max(i => s[2 * i] - '0')) + Gap,
    };

    private static double Indent(char letter) => letter == '1' ? 0.2 : 0;
}
