KPL/FK

Names of Indian spacecraft

Names and NAIF codes of Indian spacecraft that the samples mention.

\begindata

   NAIF_BODY_NAME += ( 'MARS ORBITER MISSION' 'CHANDRAYAAN-1' )
   NAIF_BODY_CODE += ( -3                     -86             )

\begintext
