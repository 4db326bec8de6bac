; LightBurn 1.4.00
; GRBL device profile, absolute coords
; Bounds: X10 Y10 to X60 Y60
G00 G17 G40 G21 G54
G90
M4
; Cut @ 600 mm/min, 20% power
M8
G0 X10Y10
; Layer C00
G1 Y60S200F600
G1 X60
G1 Y10
G1 X10
; Line @ 3000 mm/min, 12.5% power
M9
G1 S0
M8
G0 X20Y35
; Layer C01
G2 X50Y35I15J0S125F3000
G2 X20Y35I-15J0
M9
G1 S0
M5
G90
; return to user-defined finish pos
G0 X0 Y0
M2
