KPL/FK

Names of Japanese spacecraft

Names and NAIF codes of Japanese spacecraft that the samples mention.

\begindata

   NAIF_BODY_NAME += ( 'SAKIGAKE' 'SUISEI' 'HAYABUSA' 'HAYABUSA2' )
   NAIF_BODY_CODE += ( -46        -47      -130       -37        )

\begintext
