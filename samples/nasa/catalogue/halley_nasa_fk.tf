KPL/FK

Names of NASA spacecraft

Names and NAIF codes of NASA spacecraft that the samples mention.

\begindata

   NAIF_BODY_NAME += ( 'VOYAGER 1' 'VOYAGER 2' 'CASSINI' 'JUNO' 'NEW HORIZONS' 'ICE' 'INSIGHT' )
   NAIF_BODY_CODE += ( -31         -32         -82       -61    -98            -112  -189      )

\begintext
