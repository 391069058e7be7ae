package space.halley.producer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TerminalTest {
    @Test
    void foreignTextCannotDriveTheTerminal() {
        assertThat(Terminal.printable("red \u001b[31m, beep \u0007, another\nline, C1 \u009b31m, turned \u202e round"))
                .isEqualTo("red  [31m, beep  , another line, C1  31m, turned   round");
        assertThat(Terminal.printable("Ångström, Чурюмов, 嫦娥六号, 1P/Halley ✓"))
                .isEqualTo("Ångström, Чурюмов, 嫦娥六号, 1P/Halley ✓");
    }
}
