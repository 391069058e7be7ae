package space.halley.testkit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** The users of one embedded cluster with passwords made up for it. */
record Passwords(Map<String, String> byUser) {
    /** As whom the brokers and controllers speak to each other. */
    static final String BROKER = "broker";

    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

    static Passwords of(List<String> users) {
        var byUser = new TreeMap<String, String>();
        for (var user : users) {
            byUser.put(user, Uuid.randomUuid().toString());
        }
        byUser.put(BROKER, Uuid.randomUuid().toString());
        return new Passwords(byUser);
    }

    /** The arguments with which a broker's storage is formatted so that it knows the users. */
    List<String> scramArguments() {
        return byUser.entrySet().stream()
                .map(user -> "SCRAM-SHA-512=[name=" + user.getKey() + ",password=" + user.getValue() + "]")
                .toList();
    }

    String scramLogin(String user) {
        return login(SCRAM, user) + ";";
    }

    /** Controllers have their users in their settings, because the users in the log are not known before it is read. */
    String controllerLogin() {
        return login(PLAIN, BROKER) + " user_" + BROKER + "=\"" + byUser.get(BROKER) + "\";";
    }

    private String login(String module, String user) {
        var password = byUser.get(user);
        if (password == null) {
            throw new IllegalArgumentException("there is no user " + user + "; there are " + byUser.keySet());
        }
        return module + " required username=\"" + user + "\" password=\"" + password + "\"";
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "Passwords" + byUser.keySet();
    }
}
