/** How the report looks on paper: A4, a section on a page of its own, nothing cut in two that can stay whole. */
export const PRINT = `
@page{size:A4;margin:18mm 18mm 20mm;@bottom-left{content:'SecureScan security report';font:8pt system-ui,sans-serif;color:#615d57}@bottom-right{content:counter(page) ' / ' counter(pages);font:8pt system-ui,sans-serif;color:#615d57}}
@media print{
html{font-size:9.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact;background:none}
body{margin:0;padding:0;max-width:none}
.skip{display:none}
a{color:inherit;text-decoration:none}
h1{font-size:22pt}
h2{font-size:14pt}
h3{font-size:11pt}
h4{font-size:10pt}
h2,h3,h4,caption,.notice{break-after:avoid}
section{margin-top:0;break-before:page}
section.flow{margin-top:28pt;break-before:auto}
table{font-size:8.5pt}
thead{display:table-header-group}
tr,.part,.ours,.worst li,.fix,.notice,.risk,.card header,pre .row{break-inside:avoid}
.scroll{overflow:visible}
.scroll table{min-width:0}
.card{content-visibility:visible;break-inside:avoid}
.card .body{padding-left:0}
code,pre,.mono{font-size:8pt}
p,li,dd{orphans:3;widows:3}
details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none;break-after:avoid}
.controls{columns:2}
.card{padding:9pt 0 10pt}
.card .facts{grid-template-columns:max-content minmax(0,3fr) max-content minmax(0,2fr);font-size:8.5pt;margin:5pt 0}
.card .facts .tag{font-size:7.5pt}
.card p,.fix,pre{margin:5pt 0}
.num,th,td{padding-left:4pt;padding-right:4pt}
th:first-child,td:first-child{padding-left:0}
nav ol{display:block;columns:2}
nav li{padding:2pt 0}
}
`;
