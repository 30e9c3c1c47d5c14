using Finstage.Adapters.Prices;
using Finstage.Testing;

namespace Finstage.Adapters.Tests.Prices;

public sealed class RecordedPriceFilesTests
{
    [Fact]
    public async Task Read_EveryRecordedFile_HasNoRowRefused()
    {
        Assert.SkipUnless(Repository.HasData, Repository.NoData);
        var reader = new CsvPriceFile(new FakeTime(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var rows = 0L;

        foreach (var path in Directory.GetFiles(Path.Combine(Repository.Data, "prices"), "*.csv").Order(StringComparer.Ordinal))
        {
            var file = await reader.ReadAsync(path, null, TestContext.Current.CancellationToken);
            var series = Assert.Single(file.Series);
            Assert.True(file.RejectedCount == 0, $"{path}: {string.Join(" ", file.Rejected)}");
            Assert.Equal((file.Rows, 0, 0, 0), (series.Candles.Length, series.OpenRows, series.Unsorted, series.Repeated));
            rows += file.Rows;
        }

        Assert.True(rows > 150_000, $"Only {rows} rows were found.");
    }
}
