* Written by PSPP 1.6: iconv -t windows-1252 windows.sps > own.sps; pspp --syntax-encoding=windows-1252 own.sps.
SET LOCALE='windows-1252'.
DATA LIST LIST (";") /id (F8.0) ord (A30) enig (F3.0) tall (F5.1) sted (F2.0) snudd (F1.0) v1 (F1.0) v2 (F1.0) dato (DATE11).
BEGIN DATA.
1;Røyrvik æøå;5;2.5;1;1;1;2;04-MAR-2025
2;Grøndal é;98;999;2;;2;1;31-DEC-1999
3;;;;;;;;
END DATA.
VARIABLE LABELS ord "Hva vil du si?" enig "Er du enig, støtter du?" tall "Hvor langt er det?" v1 "Jobb; og lønn" v2 "Nærhet til sjø".
VARIABLE LABELS sted "Hvor vokste du opp?" dato "Når flyttet du?" snudd "Er du trygg?".
VALUE LABELS enig 1 "Helt uenig" 5 "Helt enig" 98 "Vet ikke" /sted 1 "Røyrvik" 2 "Grong" /snudd 1 "Nei" 2 "Ja" /v1 v2 2 "Nei" 1 "Ja".
MISSING VALUES enig (98, 99) /tall (999).
MRSETS /MDGROUP NAME=$hvorfor LABEL='Hvorfor så?' CATEGORYLABELS=VARLABELS VARIABLES=v1 v2 VALUE=1.
SAVE OUTFILE='windows.sav' /COMPRESSED.
