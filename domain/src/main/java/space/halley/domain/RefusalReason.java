package space.halley.domain;

/** Why an input was refused. The names are stable: agencies' programs compare them. */
public enum RefusalReason {
    /** The bytes are not a command in any schema that the registry knows. */
    UNDECODABLE,
    /** The registry says with authority that it does not know the record's schema. */
    UNKNOWN_SCHEMA,
    /** A field breaks a rule; the explanation names it. */
    INVALID_FIELD,
    /** The record's key is not the product's identifier, or it was sent to another partition than the key's. */
    MISROUTED,
    /** The record is larger than a command may be. */
    TOO_LARGE,
    /** The product's identifier lies outside the agency's namespaces. The text is the same whether or not it exists. */
    NOT_YOUR_NAMESPACE,
    /** The clock that the command carries and the broker's differ by more than a week. */
    CLOCK_WRONG,
    /** The announcement leaves the terms to the agency's policy, and no version of it has been published. */
    NO_POLICY,
    /** A policy version with this number was published before with another hash. */
    POLICY_CONFLICT,
    /** The number of a policy version does not follow the last one's. */
    POLICY_GAP,
    /** The policy's document breaks a rule; the explanation names every place. */
    POLICY_INVALID,
    /** The release would lie more than a hundred years ahead. */
    RELEASE_TOO_FAR,
    /** The version was announced before with other content; other content needs another version. */
    CONTENT_CONFLICT,
    /** The version was announced before with other terms; the explanation says what to do. */
    TERMS_CONFLICT,
    /** A higher version of the product is held; it would be superseded at once. */
    NEWER_VERSION_HELD,
    /** One identifier has as many versions as it may have. */
    TOO_MANY_VERSIONS,
    /** The agency has announced no such product, or not this version. */
    UNKNOWN_PRODUCT,
    /** The product is public; what is public cannot be held again. */
    ALREADY_PUBLIC,
    /** The product was withdrawn. */
    ALREADY_WITHDRAWN,
    /** The product was retracted. */
    ALREADY_RETRACTED,
    /** A higher version took the product's place before it was released. */
    ALREADY_SUPERSEDED
}
