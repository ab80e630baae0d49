// The shop.
module git.example/team/shop

go 1.22.1

toolchain go1.22.3

require (
	github.com/BurntSushi/toml v1.3.2
	gopkg.in/yaml.v3 v3.0.1 // indirect
	"git.example/quoted" v1.0.0
	git.example/old v2.0.0+incompatible // indirect; nobody knows why
	git.example/pseudo/v2 v2.0.0-20240102030405-abcdefabcdef
	git.example/branch main
	git.example/replaced v1.0.0
	git.example/forked v1.2.0
	git.example/local v0.0.0
)

require rsc.io/quote v1.5.2 // not indirect
require git.example/unknown v1.0.0 // indirect

replace git.example/replaced v1.0.0 => git.example/replaced v1.0.1

replace (
	git.example/forked => git.example/fork v1.3.0
	git.example/local => ./local
	git.example/replaced v9.0.0 => ../elsewhere
)

exclude git.example/bad v1.0.0

retract [v1.0.0, v1.1.0]

tool git.example/pseudo/v2/cmd/gen
