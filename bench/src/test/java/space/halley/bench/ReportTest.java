package space.halley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final Series LANE = new Series("lane", "/s", List.of(60.0, 140.0, 80.0));
    private static final Series BASELINE = new Series("baseline", "/s", List.of(100.0, 200.0, 100.0));

    @Test
    void dividesRoundByRoundAndNotMedianByMedian() {
        assertThat(LANE.dividedBy(BASELINE, "ratio").values()).containsExactly(0.6, 0.7, 0.8);
    }

    @Test
    void refusesToCompareWhatWasNotMeasuredTogether() {
        var other = new Series("other", "/s", List.of(1.0));

        assertThatThrownBy(() -> LANE.dividedBy(other, "ratio"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same rounds");
    }

    @Test
    void saysWhetherTheTargetIsMet() {
        assertThat(report(0.7).text()).contains("70 %").contains("target 70 %, met");
        assertThat(report(0.75).text()).contains("target 75 %, NOT met");
    }

    @Test
    void judgesNothingWithoutTargets() {
        assertThat(report(0.75).withoutTargets().text()).contains("70 %").doesNotContain("target");
    }

    @Test
    void jsonHasEveryRound() throws Exception {
        var json = new ObjectMapper()
                .readTree(report(0.75).json(new ObjectMapper()).toString());

        assertThat(json.at("/figures/0/rounds")).hasSize(3);
        assertThat(json.at("/figures/0/median").asDouble()).isEqualTo(80.0);
        assertThat(json.at("/ratios/0/target").asDouble()).isEqualTo(0.75);
        assertThat(json.at("/ratios/0/met").asBoolean(true)).isFalse();
    }

    @Test
    void aLimitIsKeptOnlyIfEveryRoundKeepsIt() {
        assertThat(new Report.Limit(LANE, 140.0).met()).isTrue();
        assertThat(new Report.Limit(LANE, 139.0).met()).isFalse();
        var text = new Report("burst", List.of(), List.of(), List.of(), List.of(new Report.Limit(LANE, 139.0)));
        assertThat(text.text()).contains("at most 139.0, NOT met");
        assertThat(text.withoutTargets().text()).doesNotContain("at most");
    }

    private static Report report(double target) {
        return new Report(
                "lane",
                List.of("three rounds"),
                List.of(LANE, BASELINE),
                List.of(new Report.Ratio(LANE.dividedBy(BASELINE, "lane / baseline"), target)));
    }
}
