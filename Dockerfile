# The image of Halley's own programs: streams, API, and the deployer that runs once. docker-compose.yml starts them.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -pl launcher -am -Dmaven.test.skip=true -Dspotless.check.skip=true package

FROM eclipse-temurin:25-jre
COPY --from=build /src/launcher/target/halley/lib /opt/halley/lib
COPY agencies /opt/halley/agencies
COPY samples /opt/halley/samples
COPY LICENSE /opt/halley/
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dorg.apache.avro.SERIALIZABLE_PACKAGES=space.halley.schemas.avro -Dhalley.home=/opt/halley -Dlogback.configurationFile=space/halley/launcher/logback-child.xml"
# The user of the files in the mounted folders is set by docker-compose.yml; nothing here needs root.
USER 1000:1000
WORKDIR /tmp
ENTRYPOINT ["java", "-cp", "/opt/halley/lib/*"]
