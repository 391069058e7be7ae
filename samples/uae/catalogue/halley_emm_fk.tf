KPL/FK

Name of Hope

Name and NAIF code of the Emirates Mars Mission.

\begindata

   NAIF_BODY_NAME += ( 'EMM' )
   NAIF_BODY_CODE += ( -62   )

\begintext
