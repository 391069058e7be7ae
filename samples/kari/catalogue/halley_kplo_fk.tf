KPL/FK

Name of Danuri

Name and NAIF code of the Korea Pathfinder Lunar Orbiter.

\begindata

   NAIF_BODY_NAME += ( 'KPLO' )
   NAIF_BODY_CODE += ( -155  )

\begintext
