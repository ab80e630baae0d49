module harbour.test/stock

go 1.24
