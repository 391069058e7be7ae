KPL/FK

Vega spacecraft names

Names and NAIF codes of the two Vega spacecraft.

\begindata

   NAIF_BODY_NAME += ( 'VEGA 1' 'VEGA 2' )
   NAIF_BODY_CODE += ( -66      -67      )

\begintext
