package space.halley.api.index;

import java.text.Normalizer;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import space.halley.api.catalogue.Reference;
import space.halley.domain.ContextReference.Role;

/**
 * The forms by which a mission, a spacecraft, an instrument or a target can be asked for.
 *
 * <p>Names drift between labels: {@code OSIRIS-REx}, {@code Osiris Rex}; references do not, but nobody likes to type
 * {@code urn:nasa:pds:context:target:asteroid.101955_bennu}. So a name is compared without case, accents, blanks and
 * punctuation, and a reference may be given whole, by its last part ({@code asteroid.101955_bennu}) or by what follows
 * its type ({@code 101955_bennu}, {@code bennu}).
 */
final class Names {
    private static final Pattern NOT_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARK = Pattern.compile("\\p{M}+");
    private static final Pattern WITH_BRACKET = Pattern.compile("^(.*?)[(\\[]([^()\\[\\]]+)[)\\]](.*)$");
    private static final Pattern NUMBERED = Pattern.compile("[0-9]+[_ -](.+)");
    private static final Pattern PART = Pattern.compile("\\.|__");
    private static final char ASCII = 127;
    private static final String URN = "urn:";
    private static final String VERSION = "::";

    private Names() {}

    /** The text in lower case, without accents, and with nothing but letters and digits. */
    static String compact(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                plain.append(c);
            } else if (c >= 'A' && c <= 'Z') {
                plain.append((char) (c - 'A' + 'a'));
            } else if (c > ASCII) {
                return compactUnicode(text);
            }
        }
        return plain.toString();
    }

    private static String compactUnicode(String text) {
        var decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        return NOT_LETTER_OR_DIGIT
                .matcher(MARK.matcher(decomposed).replaceAll(""))
                .replaceAll("");
    }

    /** The form in which a question is compared: a reference as it is, without its version, or a name's compact form. */
    static String asked(String text) {
        var stripped = text.strip();
        if (stripped.regionMatches(true, 0, URN, 0, URN.length())) {
            return reference(stripped);
        }
        return compact(stripped);
    }

    /** All forms of a product's references, by their role. */
    static Map<Role, Set<String>> of(List<Reference> references) {
        var all = new EnumMap<Role, Set<String>>(Role.class);
        for (var role : List.of(Role.INVESTIGATION, Role.HOST, Role.TARGET, Role.OTHER)) {
            all.put(role, of(references, role, Set.of()));
        }
        var hosts = new HashSet<String>();
        hosts.addAll(all.getOrDefault(Role.HOST, Set.of()));
        hosts.addAll(all.getOrDefault(Role.INVESTIGATION, Set.of()));
        all.put(Role.INSTRUMENT, of(references, Role.INSTRUMENT, hosts));
        return all;
    }

    private static Set<String> of(List<Reference> references, Role role, Set<String> hosts) {
        var forms = new HashSet<String>();
        references.stream()
                .filter(reference -> reference.domainRole() == role)
                .forEach(reference -> add(forms, reference, role, hosts));
        forms.removeIf(String::isEmpty);
        return forms;
    }

    private static void add(Set<String> forms, Reference reference, Role role, Set<String> hosts) {
        addName(forms, reference.name());
        var lid = reference.lid();
        if (lid != null) {
            forms.add(reference(lid));
            lastPart(lid).forEach(last -> {
                forms.add(compact(last));
                if (role == Role.INSTRUMENT) {
                    // Agencies write instrument.host or host.instrument, so each part is a name that is no host's.
                    Stream.of(PART.split(last))
                            .map(Names::compact)
                            .filter(Predicate.not(hosts::contains))
                            .filter(part -> !part.equals("instrument"))
                            .forEach(forms::add);
                } else {
                    addWithoutType(forms, last);
                }
            });
        }
    }

    /** The whole name and, for {@code Mars Descent Imager (MARDI)} and {@code (101955) Bennu}, its two halves. */
    private static void addName(Set<String> forms, String name) {
        forms.add(compact(name));
        var matcher = WITH_BRACKET.matcher(name);
        if (matcher.matches()) {
            forms.add(compact(matcher.group(1) + matcher.group(3)));
            forms.add(compact(matcher.group(2)));
        }
        addWithoutNumber(forms, name);
    }

    /** {@code satellite.earth.moon} can be asked for as {@code earth.moon} and {@code moon}, but not as {@code earth}. */
    private static void addWithoutType(Set<String> forms, String last) {
        var first = last.indexOf('.');
        if (first >= 0) {
            forms.add(compact(last.substring(first + 1)));
            var end = last.substring(last.lastIndexOf('.') + 1);
            forms.add(compact(end));
            addWithoutNumber(forms, end);
        }
    }

    private static void addWithoutNumber(Set<String> forms, String name) {
        var matcher = NUMBERED.matcher(name);
        if (matcher.matches()) {
            forms.add(compact(matcher.group(1)));
        }
    }

    private static Stream<String> lastPart(@Nullable String lid) {
        return lid == null ? Stream.empty() : Stream.of(lid.substring(lid.lastIndexOf(':') + 1));
    }

    private static String reference(String lid) {
        var version = lid.indexOf(VERSION);
        return (version < 0 ? lid : lid.substring(0, version)).toLowerCase(Locale.ROOT);
    }
}
