KPL/FK

ESA spacecraft names

Names and NAIF codes of ESA spacecraft that the samples mention.

\begindata

   NAIF_BODY_NAME += ( 'GIOTTO' 'ROSETTA' 'MARS EXPRESS' 'VENUS EXPRESS' )
   NAIF_BODY_CODE += ( -78      -226      -41            -248            )

\begintext
