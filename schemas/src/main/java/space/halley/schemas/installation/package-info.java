/**
 * What an installation is made of: its agencies' profiles, the settings of its services, and the deployer's steps that
 * bring a Kafka cluster and a schema registry into the form that the catalogue of topics describes.
 */
@NullMarked
package space.halley.schemas.installation;

import org.jspecify.annotations.NullMarked;
