package space.halley.api.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.jackson.ObjectMapperFactory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import space.halley.api.catalogue.Json;
import space.halley.api.index.ProductSearch;

/** What the controllers share and has no annotations of the framework. */
@Factory
final class SharedBeans {
    /** The index and the API have one form of JSON. */
    @Singleton
    @Named("json")
    @Replaces(value = ObjectMapper.class, factory = ObjectMapperFactory.class)
    ObjectMapper objectMapper() {
        return Json.mapper();
    }

    @Singleton
    ProductSearch productSearch() {
        return new ProductSearch();
    }
}
