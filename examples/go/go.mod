module svar.example/svar

go 1.19
