module example.com/sparta-go

go 1.17

require (
	github.com/aws/aws-lambda-go v1.27.0
	github.com/mweagle/Sparta/v3 v3.0.0-20211207063921-bcda2dc60a55
)

require (
	github.com/AlecAivazis/survey/v2 v2.3.2 // indirect
	github.com/aws/aws-sdk-go-v2 v1.11.2 // indirect
	github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream v1.0.0 // indirect
	github.com/aws/aws-sdk-go-v2/config v1.11.0 // indirect
	github.com/aws/aws-sdk-go-v2/credentials v1.6.4 // indirect
	github.com/aws/aws-sdk-go-v2/feature/ec2/imds v1.8.2 // indirect
	github.com/aws/aws-sdk-go-v2/feature/s3/manager v1.7.4 // indirect
	github.com/aws/aws-sdk-go-v2/internal/configsources v1.1.2 // indirect
	github.com/aws/aws-sdk-go-v2/internal/endpoints/v2 v2.0.2 // indirect
	github.com/aws/aws-sdk-go-v2/internal/ini v1.3.2 // indirect
	github.com/aws/aws-sdk-go-v2/service/apigateway v1.10.1 // indirect
	github.com/aws/aws-sdk-go-v2/service/cloudformation v1.15.1 // indirect
	github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs v1.10.2 // indirect
	github.com/aws/aws-sdk-go-v2/service/codecommit v1.8.2 // indirect
	github.com/aws/aws-sdk-go-v2/service/ecr v1.11.1 // indirect
	github.com/aws/aws-sdk-go-v2/service/iam v1.13.2 // indirect
	github.com/aws/aws-sdk-go-v2/service/internal/accept-encoding v1.5.0 // indirect
	github.com/aws/aws-sdk-go-v2/service/internal/presigned-url v1.5.2 // indirect
	github.com/aws/aws-sdk-go-v2/service/internal/s3shared v1.9.2 // indirect
	github.com/aws/aws-sdk-go-v2/service/lambda v1.14.1 // indirect
	github.com/aws/aws-sdk-go-v2/service/s3 v1.21.0 // indirect
	github.com/aws/aws-sdk-go-v2/service/ses v1.9.2 // indirect
	github.com/aws/aws-sdk-go-v2/service/sns v1.12.1 // indirect
	github.com/aws/aws-sdk-go-v2/service/sso v1.6.2 // indirect
	github.com/aws/aws-sdk-go-v2/service/sts v1.11.1 // indirect
	github.com/aws/smithy-go v1.9.0 // indirect
	github.com/awslabs/goformation/v5 v5.4.0 // indirect
	github.com/briandowns/spinner v1.16.0 // indirect
	github.com/deckarep/golang-set v1.7.1 // indirect
	github.com/dsnet/compress v0.0.1 // indirect
	github.com/dustin/go-broadcast v0.0.0-20211018055107-71439988bd91 // indirect
	github.com/fatih/color v1.13.0 // indirect
	github.com/gdamore/encoding v1.0.0 // indirect
	github.com/gdamore/tcell/v2 v2.4.1-0.20210905002822-f057f0a857a1 // indirect
	github.com/go-playground/locales v0.14.0 // indirect
	github.com/go-playground/universal-translator v0.18.0 // indirect
	github.com/golang/snappy v0.0.4 // indirect
	github.com/google/pprof v0.0.0-20211204230040-2007db6d4f53 // indirect
	github.com/hokaccha/go-prettyjson v0.0.0-20211117102719-0474bc63780f // indirect
	github.com/ianlancetaylor/demangle v0.0.0-20211126204342-3ad08eb09c01 // indirect
	github.com/inconshreveable/mousetrap v1.0.0 // indirect
	github.com/jmespath/go-jmespath v0.4.0 // indirect
	github.com/kballard/go-shellquote v0.0.0-20180428030007-95032a82bc51 // indirect
	github.com/leodido/go-urn v1.2.1 // indirect
	github.com/lucasb-eyer/go-colorful v1.2.0 // indirect
	github.com/magefile/mage v1.11.0 // indirect
	github.com/mattn/go-colorable v0.1.12 // indirect
	github.com/mattn/go-isatty v0.0.14 // indirect
	github.com/mattn/go-runewidth v0.0.13 // indirect
	github.com/mgutz/ansi v0.0.0-20200706080929-d51e80ef957d // indirect
	github.com/mholt/archiver v3.1.1+incompatible // indirect
	github.com/mweagle/go-cloudcondenser v0.0.0-20210927040427-ccf888fc5e58 // indirect
	github.com/nwaples/rardecode v1.1.2 // indirect
	github.com/otiai10/copy v1.7.0 // indirect
	github.com/pierrec/lz4 v2.6.1+incompatible // indirect
	github.com/pkg/browser v0.0.0-20210911075715-681adbf594b8 // indirect
	github.com/pkg/errors v0.9.1 // indirect
	github.com/rivo/tview v0.0.0-20211202162923-2a6de950f73b // indirect
	github.com/rivo/uniseg v0.2.0 // indirect
	github.com/rs/zerolog v1.26.0 // indirect
	github.com/sanathkr/go-yaml v0.0.0-20170819195128-ed9d249f429b // indirect
	github.com/sanathkr/yaml v0.0.0-20170819201035-0056894fa522 // indirect
	github.com/spf13/cobra v1.2.1 // indirect
	github.com/spf13/pflag v1.0.5 // indirect
	github.com/ulikunitz/xz v0.5.10 // indirect
	github.com/xi2/xz v0.0.0-20171230120015-48954b6210f8 // indirect
	golang.org/x/sys v0.0.0-20211205182925-97ca703d548d // indirect
	golang.org/x/term v0.0.0-20210927222741-03fcf44c2211 // indirect
	golang.org/x/text v0.3.7 // indirect
	gopkg.in/go-playground/validator.v9 v9.31.0 // indirect
)
