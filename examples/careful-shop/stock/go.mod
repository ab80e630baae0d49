module harbour.test/stock

go 1.25
