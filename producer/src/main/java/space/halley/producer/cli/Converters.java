package space.halley.producer.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import space.halley.domain.AgencyId;
import space.halley.domain.ClockAnchor;
import space.halley.domain.Existence;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lidvid;

/** How the values of options and parameters are read; what is wrong is said in the domain's words. */
final class Converters {
    private Converters() {}

    static final class OfAgency implements ITypeConverter<AgencyId> {
        @Override
        public AgencyId convert(String text) {
            try {
                return new AgencyId(text.toLowerCase(Locale.ROOT));
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class OfLidvid implements ITypeConverter<Lidvid> {
        @Override
        public Lidvid convert(String text) {
            try {
                return Lidvid.parse(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class OfReleaseTime implements ITypeConverter<ReleaseTime> {
        @Override
        public ReleaseTime convert(String text) {
            try {
                return ReleaseTime.parse(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class OfFactTime implements ITypeConverter<FactTime> {
        @Override
        public FactTime convert(String text) {
            try {
                return FactTime.parse(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** The reason of a change, which stays for ever: one that says nothing is none. */
    static final class OfReason implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (text.isBlank()) {
                throw new TypeConversionException("a change needs a reason that says something");
            }
            return text;
        }
    }

    static final class OfPeriod implements ITypeConverter<Period> {
        @Override
        public Period convert(String text) {
            try {
                return Period.parse(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is not a period such as P6M, P1Y or P90D");
            }
        }
    }

    static final class OfAnchor implements ITypeConverter<ClockAnchor> {
        @Override
        public ClockAnchor convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "acquisition-stop" -> ClockAnchor.ACQUISITION_STOP;
                case "reception" -> ClockAnchor.RECEPTION;
                case "delivery" -> ClockAnchor.DELIVERY;
                default ->
                    throw new TypeConversionException("'" + text + "' is not acquisition-stop, reception or delivery");
            };
        }
    }

    static final class OfExistence implements ITypeConverter<Existence> {
        @Override
        public Existence convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "public" -> Existence.PUBLIC;
                case "hidden" -> Existence.HIDDEN;
                default -> throw new TypeConversionException("'" + text + "' is not public or hidden");
            };
        }
    }

    /** Whole seconds, or {@code 30s}, {@code 5m}, {@code PT30S}. */
    static final class OfWait implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                var upper = text.toUpperCase(Locale.ROOT);
                if (upper.matches("\\d{1,6}")) {
                    return Duration.ofSeconds(Long.parseLong(upper));
                }
                return Duration.parse(upper.startsWith("PT") ? upper : "PT" + upper);
            } catch (DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is not a time such as 30s or 5m");
            }
        }
    }
}
