package space.halley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class QuantilesTest {

    @Test
    void theMedianIsTheMiddleOfTheSortedValues() {
        assertThat(Quantiles.of(List.of(9.0, 1.0, 5.0), 0.5)).isEqualTo(5.0);
    }

    @Test
    void betweenTwoValuesItIsInterpolated() {
        assertThat(Quantiles.of(List.of(1.0, 3.0), 0.5)).isEqualTo(2.0);
        assertThat(Quantiles.of(List.of(0.0, 100.0), 0.99)).isCloseTo(99.0, Offset.offset(1e-9));
    }

    @Test
    void theEndsAreTheExtremes() {
        var sample = List.of(4.0, 2.0, 8.0);

        assertThat(Quantiles.of(sample, 0)).isEqualTo(2.0);
        assertThat(Quantiles.of(sample, 1)).isEqualTo(8.0);
    }

    @Test
    void anEmptySampleIsRefused() {
        assertThatThrownBy(() -> Quantiles.of(List.of(), 0.5)).isInstanceOf(IllegalArgumentException.class);
    }
}
