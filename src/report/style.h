// The style sheet of the report page.  Fonts are those of the reader's system; colours keep the contrast of
// WCAG AA on paper and in the dark.
#pragma once

namespace lawbound::report {

inline constexpr char kStyle[] = R"css(
:root{--paper:#fffdf8;--ink:#1c2024;--muted:#565d66;--line:#dcd6c8;--soft:#f5f1e8;--link:#0b5394;
--bad:#a3311c;--good:#356a78;--pale:#c5d0cf;--beyond:#c98a1b;--law:#6b4e00;--unsure:#7a5200}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#e9e6df;--muted:#a9afb7;--line:#3a3e44;--soft:#1f2226;
--link:#8fc1f2;--bad:#ff9a80;--good:#7fb9c6;--pale:#46545a;--beyond:#b98a2e;--law:#e6c15a;--unsure:#e6b45a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:0 1.25rem 4rem;max-width:56rem;background:var(--paper);color:var(--ink);
font:1.0625rem/1.6 Charter,"Bitstream Charter","Iowan Old Style","Noto Serif",Cambria,Georgia,serif;overflow-wrap:break-word}
h1,h2,h3,h4{line-height:1.2;font-weight:600;text-wrap:balance}
h1{font-size:clamp(1.75rem,1.2rem + 2.6vw,2.75rem);margin:.2rem 0 1.25rem;letter-spacing:-.01em}
h2{font-size:1.6rem;margin:3.5rem 0 1rem;padding-top:1rem;border-top:3px solid var(--ink)}
h3{font-size:1.28rem;margin:0 0 .6rem}
h4{font-size:1.05rem;margin:1.75rem 0 .5rem}
p{margin:0 0 .9rem;max-width:44rem}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.5rem}
header{padding-top:2.5rem}
.kicker,.figures dt,th,.tag,.cite,.label,.axis,.lawlabel,caption,figcaption,summary,.note,footer,.facts
{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
.kicker{color:var(--muted);font-size:.9rem;margin:0}
.lead{font-size:1.2rem;line-height:1.5}
.note,.cite{color:var(--muted);font-size:.875rem;line-height:1.5}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:0;margin:2rem 0 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
.figure{padding:.9rem 1rem .8rem 0}
.figures dt{font-size:.82rem;color:var(--muted)}
.figures dd{margin:0;font-size:1.9rem;line-height:1.2;font-variant-numeric:lining-nums tabular-nums}
.figure.breach dd{color:var(--bad)}
.figure.unsure dd{color:var(--unsure)}
.found dt{font-weight:600;margin-top:1rem}
.found dd{margin:0}
.found .cite{font-weight:400}
.found dd p{margin:.15rem 0 0}
article{margin:2.25rem 0 0;padding-top:2rem;border-top:1px solid var(--line)}
section>article:first-of-type{border-top:0;padding-top:0;margin-top:0}
.provisions{list-style:none;margin:0 0 1rem;padding:0;font-size:.95rem}
.tag{font-size:.78rem;color:var(--muted);border:1px solid var(--line);border-radius:3px;padding:.05rem .4rem;white-space:nowrap}
.tag.unsure{color:var(--unsure);border-color:currentColor}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.9rem;font-variant-numeric:lining-nums tabular-nums}
caption{text-align:left;color:var(--muted);font-size:.85rem;padding:0 0 .4rem}
th,td{padding:.42rem .6rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
th{font-size:.82rem;font-weight:600}
thead th{color:var(--muted);vertical-align:bottom;border-bottom-color:var(--ink)}
th:first-child{text-align:left;padding-left:0;min-width:11rem}
tbody th{font-weight:400;font-size:.9rem}
td.breach{color:var(--bad);font-weight:600}
.sentences th:first-child{min-width:18rem}
.sentences td.cite{text-align:left}
figure th:first-child{min-width:0}
code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.84em}
pre{background:var(--soft);padding:.8rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere}
figure{margin:1.75rem 0}
figcaption{font-size:.9rem;font-weight:600;margin-bottom:.4rem}
figcaption .note{display:block;font-weight:400}
figure svg{display:block;width:100%;min-width:38rem;height:auto}
.label{font-size:11px;fill:var(--muted)}
.axis{font-size:12px;fill:var(--ink)}
.lawlabel{font-size:11.5px;fill:var(--law);font-weight:600}
.grid{stroke:var(--line);stroke-width:1}
.tick{stroke:var(--muted);stroke-width:1}
.law{stroke:var(--law);stroke-width:1.4;stroke-dasharray:5 3}
.bad{fill:var(--bad)}
.good{fill:var(--good)}
.beyond{fill:var(--beyond)}
.pale{fill:var(--pale)}
details{margin:.4rem 0}
summary{cursor:pointer;font-size:.9rem;color:var(--link);padding:.25rem 0}
.finding{border-left:3px solid var(--bad);background:var(--soft);padding:.35rem .9rem;margin:.5rem 0}
.finding summary{color:var(--ink)}
.finding ul{margin:.3rem 0 .6rem;padding-left:1.15rem}
.finding li{margin:.2rem 0}
.finding p{margin:.3rem 0;font-size:.95rem}
.finding.unsure{border-left-color:var(--unsure)}
.finding.unsure .verdict{color:var(--unsure)}
.story{list-style:none;margin:0;padding:0}
.story>li{max-width:none;margin:0 0 1rem;padding:0 0 0 1rem;border-left:1px solid var(--line)}
.story p{margin:0 0 .2rem}
.story time,.day{font-variant-numeric:lining-nums tabular-nums;white-space:nowrap}
.story time{color:var(--muted);margin-right:.5rem}
.finding+h3{margin-top:1.8rem}
.more{margin:.8rem 0}
.names{font-size:.9rem;font-variant-numeric:lining-nums tabular-nums}
.case{font-weight:600}
.verdict{color:var(--bad);font-weight:600;margin:0 .4rem}
.mark strong{color:var(--unsure)}
.facts{display:grid;grid-template-columns:minmax(10rem,1fr) 2fr;gap:.35rem 1rem;font-size:.9rem;max-width:44rem}
.facts dt{color:var(--muted)}
.facts dd{margin:0}
li{max-width:44rem}
footer{margin-top:4rem;border-top:1px solid var(--line);padding-top:1rem;color:var(--muted);font-size:.85rem}
@media (max-width:30rem){body{padding:0 1rem 3rem;font-size:1rem}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}
.lead{font-size:1.08rem}.figure{padding-right:.5rem}.figures{grid-template-columns:1fr 1fr}.figures dd{font-size:1.5rem}.sentences th:first-child{min-width:14rem}}
@media print{:root{--paper:#fff;--ink:#000;--muted:#333;--line:#bbb;--soft:#fff;--link:#000;--bad:#8a1f0c;--good:#356a78;--pale:#c5d0cf;--law:#5a4000;--unsure:#5a4000}
body{max-width:none;padding:0;font-size:10pt}h2{break-after:avoid}h3,h4,figcaption{break-after:avoid}figure,tr,.finding{break-inside:avoid}
.skip{display:none}.scroll{overflow:visible}figure svg{min-width:0}a{text-decoration:none}summary{list-style:none}@page{margin:18mm 16mm}}
)css";

}  // namespace lawbound::report
