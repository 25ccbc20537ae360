const at=2666,lt=[2666],ft={92666:((T,A,l)=>{l.r(A),l.d(A,{go:()=>tt});var s=l(76760),F=l(77748),P=l(88052),M=l(65351),h=l(5692),C=l(71378),D=l(21632),y=l(50283),g=l(73024),G=l(51455);const m="_SPARTA_PROFILE",E=`package main

import (
	spartaBytes "bytes"
	spartaNet "net"
	spartaOs "os"
	spartaPprof "runtime/pprof"
	spartaStrings "strings"
)

var _ = func() bool {
	wanted := spartaStrings.SplitN(spartaOs.Getenv("${m}"), " ", 2)
	spartaOs.Unsetenv("${m}")
	if len(wanted) != 2 {
		return false
	}
	connection, err := spartaNet.Dial("tcp", wanted[0])
	if err != nil {
		return false
	}
	heard := make([]byte, 1)
	connection.Write([]byte(wanted[1]))
	connection.Read(heard)
	var profile spartaBytes.Buffer
	err = spartaPprof.StartCPUProfile(&profile)
	go func() {
		connection.Read(heard)
		if err == nil {
			spartaPprof.StopCPUProfile()
			connection.Write(profile.Bytes())
		} else {
			connection.Write([]byte(err.Error()))
		}
		connection.Close()
	}()
	return true
}()
`;async function V(t,n,{directory:o,scratch:r}){const e=(0,s.join)(r,"profiler.go");await(0,G.writeFile)(e,E);const a=(0,s.join)(r,"overlay.json"),u={...await Y(n,o),[X(t)]:e};return await(0,G.writeFile)(a,JSON.stringify({Replace:u})),["-overlay",a]}function X(t){for(let n=0;;n++){const o=(0,s.join)(t,`00sparta_profile${n===0?"":n}.go`);if(!(0,g.existsSync)(o))return o}}async function Y({GOFLAGS:t=""},n){const o=[...t.matchAll(/(?<=^|\s)--?overlay=(\S+)/g)].at(-1)?.[1];if(o===void 0)return{};const{Replace:r={}}=JSON.parse(await(0,G.readFile)((0,s.resolve)(n,o),"utf8"));return r}var B=l(68296),I=l(89744),j=l(5840);const K=["GoFiles","CFiles","CXXFiles","MFiles","HFiles","FFiles","SFiles","SwigFiles","SwigCXXFiles","SysoFiles","EmbedFiles","IgnoredGoFiles","IgnoredOtherFiles","CgoFiles"];async function H({options:t,asked:n,settings:o,root:r,original:e},a){const u=["Dir","Standard","Module","EmbedPatterns",...K].join(","),O=await(0,j.m)(["go","list","-deps",`-json=${u}`,...n],t);if(O.code!==0)return a.everything();const v=Z(O.stdout).filter(({Dir:i,Standard:d,Module:c})=>!d&&((0,I.Yw)(r,i)||c?.Main||c?.Replace&&!c.Replace.Version));v.some(({CgoFiles:i=[]})=>i.length>0)&&a.everything();const w=new Set;for(const i of v){for(const c of K)for(const U of i[c]??[])a.file(e((0,s.join)(i.Dir,U)));const d=k(i,r);w.add(d),(i.SFiles??[]).length>0&&a.tree(e(d)),z(i,e,a);for(let c=i.Dir;c!==d&&c!==(0,s.dirname)(c);c=(0,s.dirname)(c))a.file(e((0,s.join)(c,"go.mod")));a.file(e((0,s.join)(i.Dir,"default.pgo")))}const f=o.GOWORK??"";for(const i of await Q(w,f,t)){for(const d of["go.mod","go.sum","vendor/modules.txt"])a.file(e((0,s.join)(i,d)));if(f==="")for(let d=i;(0,I.Yw)(r,d);d=(0,s.dirname)(d))a.file(e((0,s.join)(d,"go.work")))}if(f!==""&&f!=="off")for(const i of[f,`${f}.sum`])a.file(e(i));for(const[,i=""]of(o.GOFLAGS??"").matchAll(/-(?:modfile|overlay|pgo)=(\S+)/g))a.file(e((0,s.resolve)(t.directory,i)))}const k=({Dir:t,Module:n},o)=>{if(n?.Dir!==void 0)return n.Dir;for(let r=t;(0,I.Yw)(o,r);r=(0,s.dirname)(r))if((0,g.existsSync)((0,s.join)(r,"go.mod")))return r;return t};function z({Dir:t,EmbedPatterns:n=[]},o,r){const e=[...B.Dw,"*_test.go"];n.length>0?(0,B.kV)(o(t),r,e):r.names(o(t),e)}async function Q(t,n,o){const r=new Set(t),e=async(a,u)=>{if(!(0,g.existsSync)(u))return;const{code:O,stdout:p}=await(0,j.m)(["go",a,"edit","-json",u],o);if(O!==0)return;const{Replace:v,Use:w}=JSON.parse(p),f=(v??[]).flatMap(({New:i})=>i.Version?[]:[i.Path]);for(const i of[...f,...(w??[]).map(({DiskPath:d})=>d)])r.add((0,s.resolve)((0,s.dirname)(u),i))};for(const a of t)await e("mod",(0,s.join)(a,"go.mod"));return n!==""&&n!=="off"&&await e("work",n),r}function Z(t){return t.trim()===""?[]:JSON.parse(`[${t.trim().replaceAll(/^\}\n\{/gm,`},
{`)}]`)}const q={x86_64:"amd64",arm64:"arm64"},N="Install Go, for example with actions/setup-go, before this step.",_=["GOVERSION","GOFLAGS","GOEXPERIMENT","GOAMD64","GOARM64","GOWORK","GODEBUG","GO111MODULE"],tt={async identify(t,n){const{space:o,env:r}=n,{GOWORK:e="",...a}=await J(t,n),{directory:u,environment:O,architecture:p,generate:v,profiled:w}=t;return{folder:(0,s.relative)(o.root,u),environment:a,work:e===""||e==="off"?e:(0,s.relative)(o.root,e),added:O,architecture:p,generate:v,arguments:b(t,"bootstrap"),...w&&{profiled:w},variables:(0,h.$G)(r,o.root,v?void 0:/^(CGO_.*|CC|CXX|AR|FC|PKG_CONFIG.*)$/)}},async build(t,n,o){const{output:r,scratch:e,reads:a}=n,{log:u,signal:O,space:p}=o,v=await J(t,o),f=t.generate||/-mod=mod\b/.test(v.GOFLAGS??"")?(0,P.K)(p,[p.root],t.directory,(0,s.join)(e,"sources")):void 0,i=f?.at(t.directory)??t.directory,d=x(t,o),c={directory:i,env:d,log:u,signal:O,missing:N};if(f&&t.generate){const S={...c,env:f.environment((0,h.AF)(o.env,t.environment,f.named))},R={copy:f,scratch:(0,s.join)(e,"generate"),reads:a,traced:!0};W(await(0,M.k)(["go","generate","./..."],S,R,o),"go generate")}const U=t.profiled?await et():[];W(await(0,j.m)(["go",...b(t,(0,s.join)(r,"bootstrap"),U)],c),"go build");const nt=S=>f?.original(S)??S,ot=f?.space.root??p.root;return await H({options:c,asked:[...L(t),$(t)],settings:v,root:ot,original:nt},a),{warnings:[]};async function et(){const S=["list","-f","{{.Dir}}",...L(t),$(t)],R=await(0,j.m)(["go",...S],c);return W(R,"go list"),V(R.stdout.trim(),v,{directory:i,scratch:e})}function W({code:S,stderr:R,stdout:rt},it){if(S===0)return;const st=`${it} failed (exit code ${S})`;throw new F.Mm((0,D.mU)(f?.space??p,i,R||rt,D.rY.go,st))}}},L=({tags:t})=>["-tags",["lambdabinary",...t].join(",")],$=t=>t.package??".";function b(t,n,o=[]){return["build",...o,...L(t),"-trimpath","-buildvcs=false","-ldflags",["-s","-w","-buildid=",t.ldflags].filter(r=>r!=="").join(" "),"-o",n,$(t)]}const x=(t,{env:n})=>(0,h.AF)(n,{CGO_ENABLED:"0",...t.environment,GOOS:"linux",GOARCH:q[t.architecture]});function J(t,n){const o=(0,C.dJ)(n.space,t.directory,"go.mod")??t.directory,r=x(t,n),e=`go env ${o} ${JSON.stringify([t.environment,t.architecture])}`;return(0,y.R)(n,e,async()=>{const{code:a,stdout:u,stderr:O}=await(0,j.m)(["go","env","-json",..._],{directory:t.directory,env:r,log:n.log,signal:n.signal,missing:N});if(a!==0)throw new F.Mm({message:`go env failed: ${O.trim()}`,next:N});return JSON.parse(u)})}}),71378:((T,A,l)=>{l.d(A,{dJ:()=>h,gV:()=>C});var s=l(73024),F=l(76760),P=l(32856),M=l(89744);function h(y,g,...G){for(let m=g;;m=(0,F.dirname)(m)){if(G.some(E=>(0,s.existsSync)((0,F.join)(m,E))))return m;if(m===y.root||!(0,M.FK)(y,m)||m===(0,F.dirname)(m))return}}function C(y,g,G){const m=(0,F.relative)(y.root,g).split(F.sep).join("/");return(0,P.GG)(y,g,G).map(E=>({...E,name:m===""?E.name:`${m}/${E.name}`}))}function D(y,g){return statSync(g,{throwIfNoEntry:!1})?.isFile()?[{kind:"file",name:relative(y.root,g).split(sep).join("/"),path:g}]:[]}})};export{at as id,lt as ids,ft as modules};
