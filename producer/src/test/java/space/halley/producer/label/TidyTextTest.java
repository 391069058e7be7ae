package space.halley.producer.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TidyTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ''",
                "' \n\t ' | ''",
                "'Mars' | 'Mars'",
                "'a  b' | 'a b'",
                "'\r\n  Ground velocity\n  at Elysium Planitia.\n' | 'Ground velocity at Elysium Planitia.'",
                "' Olympus Mons\u00a0is high ' | 'Olympus Mons\u00a0is high'",
                "'嫦娥五号 \ud83c\udf15' | '嫦娥五号 \ud83c\udf15'",
            })
    void takesWhiteSpaceForLayout(String raw, String tidy) {
        assertThat(read(raw, raw.length() + 1, 100)).isEqualTo(tidy);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 100})
    void doesNotDependOnThePiecesInWhichATextComes(int piece) {
        var raw = "  The first  marsquake\n was heard\n on sol 128. ";

        assertThat(read(raw, piece, 1_000)).isEqualTo("The first marsquake was heard on sol 128.");
    }

    @ParameterizedTest
    @CsvSource({"4, Mars", "5, Mars", "7, Mars is", "3, Mar"})
    void cutsOffWhatIsTooLong(int maxLength, String cut) {
        assertThat(read("Mars is red", 1, maxLength)).isEqualTo(cut);
        assertThat(read("Mars is red", 100, maxLength)).isEqualTo(cut);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4_000})
    void keepsATextOfAnyLengthBelowTheLimit(int piece) {
        var raw = "0123456789".repeat(1_000);

        assertThat(read(raw, piece, 10_000)).isEqualTo(raw);
    }

    /** What is kept after another text, so that something left of it would be seen. */
    private static String read(String raw, int piece, int maxLength) {
        var text = new TidyText(maxLength);
        text.add("old".toCharArray(), 0, 3);
        text.clear();
        // The parser's buffer holds more than the text.
        var buffer = ("<" + raw + ">").toCharArray();
        for (var at = 1; at <= raw.length(); at += piece) {
            text.add(buffer, at, Math.min(piece, raw.length() + 1 - at));
        }
        return text.toString();
    }
}
