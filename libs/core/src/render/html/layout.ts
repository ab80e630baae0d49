/** How the report looks on a screen. */
export const LAYOUT = `
*{box-sizing:border-box}
html{font:14px/1.5 system-ui,-apple-system,Segoe UI,Roboto,Helvetica Neue,Noto Sans,Arial,sans-serif;color:var(--text);background:var(--page);-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:40px 24px 64px;max-width:1040px;overflow-wrap:anywhere}
h1,h2,h3,h4{margin:0;color:var(--strong);line-height:1.25;font-weight:600;text-wrap:balance}
h1{font-size:28px;letter-spacing:-.01em}
h2{font-size:20px;padding-top:14px;border-top:2px solid var(--strong)}
h3{font-size:15px;margin:28px 0 10px}
h4{font-size:14px}
p{margin:0 0 10px;max-width:80ch}
ul,ol,dl,dd,figure{margin:0;padding:0}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:2px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,pre,.mono{font-family:ui-monospace,SF Mono,Cascadia Mono,Menlo,Consolas,DejaVu Sans Mono,monospace;font-size:12.5px;unicode-bidi:isolate}
.skip{position:absolute;left:-9999px}
.skip:focus{left:24px;top:8px;background:var(--page);padding:6px 10px}
.muted{color:var(--muted)}
.brand{margin:0 0 6px;font-size:12px;font-weight:600;letter-spacing:.08em;text-transform:uppercase;color:var(--muted)}
.subject{font-size:17px;margin:4px 0 24px;color:var(--text)}
.cover{display:grid;grid-template-columns:minmax(0,1fr) 300px;gap:32px;align-items:start}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:6px 20px}
.facts dt{color:var(--muted)}
.facts dd{color:var(--strong)}
.risk{border:1px solid var(--line);border-radius:6px;padding:16px 18px;background:var(--surface)}
.risk h2{border:0;padding:0;font-size:13px;font-weight:600;color:var(--muted)}
.score{margin:2px 0 10px;color:var(--strong)}
.score b{font-size:34px;line-height:1.1;font-weight:600;font-variant-numeric:tabular-nums;letter-spacing:-.02em}
.score .tag{margin-left:8px;vertical-align:6px}
.risk p{margin:8px 0 0;font-size:12.5px}
nav{margin:32px 0 0;padding:14px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
nav ol{display:flex;flex-wrap:wrap;gap:6px 22px;list-style:none}
section{margin-top:48px}
section h2+*{margin-top:18px}
.tag{display:inline-block;padding:1px 7px;border-radius:4px;font-size:12px;font-weight:600;line-height:1.5;color:var(--ink,var(--text));background:var(--wash,var(--inset));white-space:nowrap}
.tags{display:flex;flex-wrap:wrap;gap:4px;list-style:none}
.tags .tag{font-weight:500;white-space:normal}
.notice{margin:0 0 14px;padding:10px 14px;border-left:3px solid var(--edge);background:var(--surface)}
.notice.warn{border-left-color:var(--high-fill)}
.notice p:last-child,.notice ul:last-child{margin-bottom:0}
.notice ul{padding-left:18px}
table{width:100%;border-collapse:collapse;font-size:13px}
caption{text-align:left;padding:0 0 6px;color:var(--muted);font-size:12.5px}
th,td{padding:6px 12px 6px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
thead th,thead td{border-bottom-color:var(--edge)}
thead th{font-weight:600;color:var(--muted);font-size:12px;vertical-align:bottom;white-space:nowrap}
tbody th{font-weight:500;color:var(--strong)}
th:last-child,td:last-child{padding-right:0}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;padding-left:8px}
.zero{color:var(--muted)}
.bars{width:24%;min-width:120px}
.chart thead th:first-child{width:38%}
.ours tbody th{white-space:nowrap}
.bar{display:block;width:100%;height:10px;margin-top:5px;background:var(--inset)}
.wide{height:14px;margin:16px 0 14px}
.counts{table-layout:fixed;margin:0 0 18px}
.counts th{border:0;padding:0;white-space:normal}
.counts td{border:0;padding:2px 0 0;font-size:24px;font-weight:600;color:var(--strong);font-variant-numeric:tabular-nums;letter-spacing:-.01em}
.counts td.zero{color:var(--muted);font-weight:400}
.scroll{overflow-x:auto}
.scroll table{min-width:640px}
.part{margin-top:28px}
.fill-violated{fill:var(--critical-fill)}
.fill-clear{fill:var(--edge)}
.fill-unassessed{fill:var(--line)}
.mark{fill:var(--surface)}
.band{fill:var(--line)}
.key{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:10px 0 0;font-size:12.5px;color:var(--muted)}
.key svg{display:inline-block;width:10px;height:10px;margin-right:6px;vertical-align:-1px}
.worst{list-style:none;margin-bottom:10px}
.worst li{display:grid;grid-template-columns:76px minmax(0,1fr);gap:4px 12px;padding:8px 0;border-bottom:1px solid var(--line)}
.worst .tag{justify-self:start;align-self:start}
.worst strong{color:var(--strong);font-weight:600}
.card{padding:16px 0 18px;border-top:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 340px}
.card:first-of-type{border-top:0;padding-top:4px}
.card header{display:grid;grid-template-columns:76px minmax(0,1fr);gap:0 12px;align-items:start}
.card header .tag{justify-self:start}
.card .body{padding-left:88px}
.place{margin:2px 0 0;color:var(--strong)}
.card .facts{gap:3px 16px;margin:10px 0;font-size:13px}
.card .facts dd{color:var(--text)}
.told{white-space:pre-wrap}
.fix{margin:10px 0;padding:9px 13px;border-left:3px solid var(--link);background:var(--surface)}
.fix p{margin:0}
.fix b{font-weight:600;color:var(--strong)}
details{margin:10px 0}
summary{cursor:pointer;color:var(--strong);font-weight:500}
pre{margin:10px 0;padding:8px 0;border:1px solid var(--line);border-radius:4px;background:var(--surface);line-height:1.55;white-space:pre-wrap;tab-size:4}
pre .row{display:grid;grid-template-columns:62px minmax(0,1fr);padding-right:12px;color:inherit;background:none}
pre .no{padding-right:14px;text-align:right;color:var(--muted);user-select:none;white-space:pre}
pre .hit{background:var(--hit);color:var(--strong)}
pre .hit .no{color:var(--strong)}
.rest td,.rest th{padding-top:5px;padding-bottom:5px}
.nowrap{white-space:nowrap}
.inner{list-style:none;margin:4px 0 0;font-size:12.5px;color:var(--muted)}
tbody th .inner{overflow-wrap:normal}
footer{margin-top:56px;padding-top:12px;border-top:1px solid var(--line);color:var(--muted);font-size:12.5px}
@media (max-width:720px){
body{padding:24px 16px 48px}
h1{font-size:24px}
.cover{grid-template-columns:minmax(0,1fr);gap:24px}
.card .body{padding-left:0}
.card header,.worst li{grid-template-columns:minmax(0,1fr);gap:4px}
.facts{grid-template-columns:minmax(0,1fr);gap:0}
.facts dd{margin-bottom:6px}
.counts td{font-size:20px}
.bars{display:none}
}
`;
