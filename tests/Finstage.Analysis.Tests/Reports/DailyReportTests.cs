using System.Text.RegularExpressions;
using Finstage.Analysis.Reports;
using Finstage.Analysis.Signals;
using Finstage.Analysis.Symbols;

namespace Finstage.Analysis.Tests.Reports;

public sealed partial class DailyReportTests
{
    private static readonly string[] Languages = ["ko", "en"];

    [Fact]
    public void Write_Everything_IsTheWholeReportInKorean()
    {
        var text = Text(TestFacts.Everything(TestFacts.Monday), "ko");

        Assert.Equal(
            """
            🌅 <b>일일 퀀트 분석 리포트 (2025.08.18 08:00)</b>

            📈 <b>백테스팅 성과 분석</b>
            ┌─ 나스닥 지수 (^IXIC)
            │  • 종가: 21,622.98 (-0.40%, 2025-08-15)
            │  • 최고 성과 전략: 골든크로스 20/60 (n=45, 우연과 구별되지 않음)
            │  • 평균 수익률: +0.12% (1일 기준, 시장 평균 +0.03%, 95% 구간 +0.02% ~ +0.22%, n=45)
            │  • 승률: 56.1% (등급 D, n=45)
            │  • 전체 신호 정확도: 52.3% (평균 +0.05%, n=3,402)

            ┌─ 종목별 변화 (2025-08-15 종가 기준)
            │  • 애플 (AAPL) +3.38% · 신호 2건: 골든크로스 50/200 매수 (85), RSI 과매수 조정 매도 (70) · 합의 강력 매수 (10개 전략) · 그룹 2 → 1
            │  • 변화 없음: 1종목

            ┌─ 어제 보낸 알림의 결과 (2025-08-17)
            │  • 2건 중 1건 적중, 평균 +0.21% (결과 대기 1건)
            │  • 애플 (AAPL) 골든크로스 50/200 매수: 224.02 → 231.59 (1일 뒤 +3.38%)
            │  • 나스닥 지수 (^IXIC) RSI 과매수 조정 매도: 21,000.00 → 21,622.98 (4시간 뒤 -2.97%)

            🔍 <b>패턴 분석 결과</b>
            • 신호 2연속: 6,866종, 검정 18,642회, 통과 1건
            • 신호 3연속: 435,935종, 검정 668,994회, 통과 1건
            • 캔들 패턴: 12종, 검정 36회, 통과 0건
            • RSI 과매수 조정 매도 → 골든크로스 50/200 매수: 1주 뒤 평균 +1.23% (시장 대비 +0.94%, 성공 60.0%, n=417, 342일, q=0.040)

            🤖 <b>머신러닝 분석</b>
            • 그룹 수: 2개 (20일 창 1,963개로 2013-12-31까지 학습, 그 뒤의 수익률로만 평가)
            • 상승 그룹: 그룹 1 (상승형, 1주 뒤 평균 +2.10%, 시장 대비 +1.20%, n=836)
            • 하락 그룹: 없음
            • 중립 그룹: 그룹 2 (하락형, 1주 뒤 평균 +0.40%, 시장 대비 +0.01%, n=836)
            • 오늘의 그룹: 나스닥 지수 (^IXIC) → 그룹 2 (하락형, 거리 3.1)
            • 종목 분포: 그룹 1 2종목, 그룹 2 1종목
            • 어느 그룹과도 닮지 않은 종목 1개: &lt;갑&gt; (A&amp;B)

            🎯 <b>오늘의 투자 인사이트</b>
            • 애플 (AAPL): 골든크로스 50/200 매수 신호. 전체 종목에서 1일 뒤 성공 62.0%, 평균 +0.31% (시장 +0.03%, n=120)로 우연을 넘은 전략입니다.
            • 마지막 거래일에 완성된 패턴: RSI 과매수 조정 매도 → 골든크로스 50/200 매수. 1주 뒤 평균 +1.23% (시장 대비 +0.94%, 성공 60.0%, n=417, 342일, q=0.040).
            • 애플 (AAPL): 상승 그룹 1에 있습니다. 비슷한 창 뒤 1주 평균 +2.10% (시장 대비 +1.20%, n=836).
            • 애플 (AAPL): 합의 강력 매수 (10개 전략, 동의 90%).
            • 리스크 수준은 보통입니다 (VIX 15.09, 2025-08-15).

            📊 <b>핵심 지표 요약</b>
            • 정확도: 51.2% (1일 뒤, 평균 +0.04%, 시장 평균 +0.03%, n=116,660)
            • 패턴 수: 통과 2건 / 검정 687,672회
            • 클러스터: 2개 (상승 1 · 하락 0 · 중립 1)
            • 리스크 수준: 중간 (VIX 15.09, 2025-08-15)
            ℹ️ 감시 목록은 오늘까지 살아남은 종목입니다. 사라진 종목이 빠져 있어 과거 성과는 실제보다 좋아 보입니다.

            📚 <b>용어 해설</b>
            전체 해설은 월요일 리포트에 실리며, 요청하면 언제든 볼 수 있습니다.

            ⏰ 다음 업데이트: 내일 오전 8시
            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Write_English_HasEveryLineWithTheSameFigures()
    {
        var facts = TestFacts.Everything(TestFacts.Monday);

        var (korean, english) = (Text(facts, "ko").Split('\n'), Text(facts, "en").Split('\n'));

        Assert.Equal(korean.Length, english.Length);
        Assert.DoesNotContain(english, line => Hangul().IsMatch(line));
        foreach (var (ko, en) in korean.Zip(english).Where(pair => pair.First.Contains("n=", StringComparison.Ordinal)))
        {
            Assert.Equal(Figures(ko), Figures(en));
        }
    }

    [Theory]
    [InlineData("ko", "아직")]
    [InlineData("en", "yet")]
    public void Write_NothingStored_SaysSoInEverySection(string language, string word)
    {
        var text = Text(TestFacts.Nothing(TestFacts.Monday), language);

        foreach (var mark in (string[])["📈", "🔍", "🤖", "🎯"])
        {
            Assert.Contains(word, text.Split("\n\n").Single(block => block.StartsWith(mark, StringComparison.Ordinal)), StringComparison.Ordinal);
        }

        Assert.DoesNotMatch(@"\d+\.\d+%", text);
    }

    [Fact]
    public void Compose_EveryLineWithAFigure_SaysWhatItRestsOn()
    {
        // Every percentage stands in a line that names its sample and the rows it comes from.
        var lines = DailyReport.Compose(TestFacts.Everything(TestFacts.Monday));
        var words = ReportWords.In("en");

        foreach (var line in lines.Where(l => words.Sentence(l) is var text && text.Contains('%', StringComparison.Ordinal) && l.Section != ReportSection.Glossary))
        {
            Assert.True(line.Samples is not null && line.Sources.Count > 0, words.Sentence(line));
        }
    }

    [Fact]
    public void Compose_NothingBeyondLuck_SaysSoAndNamesNoEdge()
    {
        var facts = TestFacts.Everything(TestFacts.Monday);
        facts = facts with
        {
            Backtests = facts.Backtests! with { Rows = [.. facts.Backtests.Rows.Select(r => r with { Survives = false })] },
            Patterns = facts.Patterns! with { Stats = [.. facts.Patterns.Stats.Select(s => s with { QValue = 0.5 })], Counts = [.. facts.Patterns.Counts.Select(c => c with { Surviving = 0 })] },
            Clusters = facts.Clusters! with { Returns = [.. facts.Clusters.Returns.Select(r => r with { Excess = r.Excess with { StandardError = 1 } })] },
        };

        var keys = DailyReport.Compose(facts).Select(l => l.Key).ToList();

        Assert.Contains("insight.noedge", keys);
        Assert.Contains("patterns.nothing", keys);
        Assert.DoesNotContain(keys, k => k.StartsWith("insight.strategy", StringComparison.Ordinal) || k.StartsWith("insight.pattern", StringComparison.Ordinal) || k.StartsWith("insight.cluster", StringComparison.Ordinal));
        Assert.Contains("692,672", Text(facts, "ko"), StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_SymbolFarFromItsCluster_GivesNoReason()
    {
        // A&B stands in the rising cluster, but like none of its windows.
        Assert.DoesNotContain(DailyReport.Compose(TestFacts.Everything(TestFacts.Monday)), l => l.Key == "insight.cluster.up" && l.Values.Contains(TestFacts.Odd));
    }

    [Fact]
    public void BestOf_ASymbol_IsWhatSurvivesThenWhatIsSurestThenNeverTheRare()
    {
        var facts = TestFacts.Everything(TestFacts.Monday).Backtests!;

        Assert.Equal("GOLDEN_CROSS_20_60", facts.BestOf("^IXIC")!.Strategy);
        Assert.Null(facts.BestOf("NOPE"));
        var survivor = facts.Rows[2] with { Strategy = "MEAN_REVERSION", Average = 0.0001, Low = 0.00005, Survives = true };
        Assert.Equal("MEAN_REVERSION", (facts with { Rows = [.. facts.Rows, survivor] }).BestOf("^IXIC")!.Strategy);
    }

    [Fact]
    public void Compose_SymbolWhoseSourceHasDriedUp_IsNamedAsOldAndSpeaksForNothing()
    {
        // All but Apple ended long ago.
        var facts = TestFacts.Everything(TestFacts.Monday);
        var old = TestFacts.Last - (8 * 86_400);
        facts = facts with
        {
            Symbols =
            [
                facts.Symbols[0] with { LastTime = old },
                facts.Symbols[1],
                facts.Symbols[1] with { Name = TestFacts.Odd, LastTime = old },
            ],
            Clusters = facts.Clusters! with { Today = [facts.Clusters.Today[0] with { Time = old }, facts.Clusters.Today[1], facts.Clusters.Today[2] with { Time = old, Place = facts.Clusters.Today[1].Place }] },
        };

        var text = Text(facts, "en");

        Assert.Contains("│  • Close: 21,622.98 (-0.40%, 2025-08-07) ⚠️ no newer one", text, StringComparison.Ordinal);
        Assert.Contains("│  • ⚠️ Without a newer close, and so left out: 1 symbol: A &amp; &lt;B&gt; (A&amp;B) 2025-08-07", text, StringComparison.Ordinal);
        Assert.Contains("distance 3.1, ⚠️ as of 2025-08-07)", text, StringComparison.Ordinal);
        Assert.Contains("• Symbols: cluster 1 has 1, cluster 2 has 0", text, StringComparison.Ordinal);
        var lines = DailyReport.Compose(facts);
        Assert.Contains(lines, l => l.Key == "insight.strategy.all" && l.Values.Contains(TestFacts.Apple));
        Assert.DoesNotContain(lines, l => (l.Section == ReportSection.Insights || l.Key is "changes.line" or "clusters.far") && l.Values.Contains(TestFacts.Odd));
    }

    [Fact]
    public void Compose_EveryClose_IsCurrentForAWeek()
    {
        var facts = TestFacts.Everything(TestFacts.Monday);

        var week = Text(facts with { Symbols = [facts.Symbols[0] with { LastTime = TestFacts.Last - (7 * 86_400) }, .. facts.Symbols.Skip(1)] }, "ko");

        Assert.DoesNotContain("⚠️", week, StringComparison.Ordinal);
        Assert.DoesNotContain("⚠️", Text(facts, "en"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ko", "⚠️ 가장 최근 종가가 2025-08-15입니다(9일 전). 아래 내용은 모두 그때 기준입니다.")]
    [InlineData("en", "⚠️ The newest close is of 2025-08-15, 9 days ago: everything below is as of then.")]
    public void Write_AllPricesAreOld_SaysSoUnderTheTitle(string language, string expected) =>
        Assert.Equal(expected, Text(TestFacts.Everything(TestFacts.Monday.AddDays(7)), language).Split('\n')[1]);

    [Fact]
    public void Write_JobsHaveNotRunLately_EachPartSaysSinceWhen()
    {
        var run = TestFacts.Monday.AddDays(-3);
        var facts = TestFacts.Everything(TestFacts.Monday);
        facts = facts with { Backtests = facts.Backtests! with { At = run }, PatternsAt = run, ClustersAt = run };

        var text = Text(facts, "en");

        foreach (var job in (string[])["backtests", "patterns", "clusters"])
        {
            Assert.Contains($"</b>\n⚠️ As of 2025-08-15: the job {job} has not run since.\n", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("⚠️", Text(facts with { Backtests = facts.Backtests! with { At = run.AddDays(1) }, PatternsAt = run.AddDays(1), ClustersAt = run.AddDays(1) }, "en"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EnglishCounts_AreOneOrMany()
    {
        var facts = TestFacts.Everything(TestFacts.Monday);
        var one = facts.Symbols[1] with { Signals = [.. facts.Symbols[1].Signals.Take(1)] };

        Assert.Contains("· 1 signal: ", Text(facts with { Symbols = [facts.Symbols[0], one] }, "en"), StringComparison.Ordinal);
        Assert.Contains("· 2 signals: ", Text(facts, "en"), StringComparison.Ordinal);
        Assert.Contains("Unchanged: 1 symbol\n", Text(facts, "en"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ko")]
    [InlineData("en")]
    public void Write_GlossaryInFull_ExplainsTheEightWords(string language)
    {
        var facts = TestFacts.Nothing(TestFacts.Monday) with { FullGlossary = true };

        var block = Text(facts, language).Split("\n\n").Single(b => b.StartsWith("📚", StringComparison.Ordinal));

        Assert.Equal(9, block.Split('\n').Length);
        if (language == "ko")
        {
            Assert.Equal(
                ["백테스팅", "승률", "샤프비율", "MA200", "골든크로스", "RSI", "패턴 클러스터링", "신뢰도"],
                Regex.Matches(block, "• <b>(.+?)</b>").Select(m => m.Groups[1].Value));
        }
    }

    [Fact]
    public void Write_AHundredSymbols_StaysWithinMessages()
    {
        var facts = TestFacts.Everything(TestFacts.Monday);
        var names = Enumerable.Range(0, 100).Select(i => new SymbolName($"S&{i}", $"아주 긴 종목 이름 <{i}> 입니다", $"A very long name <{i}>"));
        facts = facts with
        {
            FullGlossary = true,
            Symbols = [.. facts.Symbols, .. names.Select(n => facts.Symbols[1] with { Name = n, Category = SymbolCategory.Stock }), .. names.Take(20).Select(n => facts.Symbols[0] with { Name = n })],
            Told = [.. Enumerable.Range(0, 60).Select(i => facts.Told[0] with { Key = $"{i}" })],
        };

        foreach (var language in Languages)
        {
            var pages = ReportWriter.Write(DailyReport.Compose(facts), language);

            Assert.InRange(pages.Count, 2, 6);
            Assert.All(pages, page => HtmlPagesTests.AssertIsWhole(page, HtmlPages.MaxLength));
            Assert.StartsWith("🌅", pages[0], StringComparison.Ordinal);
            Assert.Contains("⏰", pages[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Texts_EverySentence_StandsInBothLanguages()
    {
        var keys = Regex.Matches(
            File.ReadAllText(Path.Combine(Testing.Repository.Root, "Finstage.Analysis", "Reports", "ReportTexts.resx")), "<data name=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();

        Assert.True(keys.Count > 100);
        Assert.All(keys, key => Assert.All(Languages, language => Assert.True(ReportWords.Has(key, language), $"{language}: {key}")));
        var sources = string.Concat(Directory.GetFiles(Path.Combine(Testing.Repository.Root, "Finstage.Analysis", "Reports"), "*.cs").Select(File.ReadAllText));
        string[] made = ["horizon.", "direction.", "consensus.", "shape.", "risk.", "candle.", "patterns.tried.", "insight.risk.", "glossary."];
        Assert.All(keys.Where(k => !made.Any(m => k.StartsWith(m, StringComparison.Ordinal))), key => Assert.Contains($"\"{key}\"", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Sentence_OfAValueThatIsNotKnown_SaysADash()
    {
        var text = ReportWords.In("ko").Sentence(new ReportLine(ReportSection.Backtests, "index.close", new Decimals(double.NaN, 2), Share.Return(double.NaN), null));

        Assert.Equal("│  • 종가: – (–, –)", text);
    }

    [Theory]
    [InlineData(0.00004, "0.00%")]
    [InlineData(-0.00004, "0.00%")]
    [InlineData(0.0005, "+0.05%")]
    [InlineData(-1.5, "-150.00%")]
    public void Sentence_OfAReturn_HasItsSign(double value, string expected) => Assert.Contains(
        expected, ReportWords.In("en").Sentence(new ReportLine(ReportSection.Backtests, "index.close", "x", Share.Return(value), null)), StringComparison.Ordinal);

    private static string Text(ReportFacts facts, string language) => string.Join("\n\n", ReportWriter.Write(DailyReport.Compose(facts), language));

    private static string[] Figures(string line) => [.. Regex.Matches(line, @"[+-]?[\d,]+(\.\d+)?%?").Select(m => m.Value).Where(f => f.Contains('%', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [GeneratedRegex("[가-힣]")]
    private static partial Regex Hangul();
}
