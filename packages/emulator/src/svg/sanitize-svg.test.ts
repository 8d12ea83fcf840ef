import { describe, expect, test } from 'vitest'
import { InvalidSvgError } from './invalid-svg-error.ts'
import { sanitizeSvg } from './sanitize-svg.ts'

const ns = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
const svg = (inner: string): string => `<svg ${ns}>${inner}</svg>`
const nothing = `<svg ${ns}/>`
const png = 'data:image/png;base64,iVBORw0KGgo='

describe('drops what runs', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script in CDATA', '<script><![CDATA[alert(1)]]></script>'],
    ['a script from elsewhere', '<script href="https://evil.example/x.js"/>'],
    ['a script from elsewhere by XLink', '<script xlink:href="data:text/javascript,alert(1)"/>'],
    ['a script by prefix', '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'],
    ['a script of XHTML', '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'],
    [
      'a script of XHTML by prefix',
      '<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>',
    ],
    ['a script in odd letters', '<ScRiPt>alert(1)</ScRiPt>'],
    ['a handler element', '<handler type="text/javascript">alert(1)</handler>'],
    [
      'foreign content',
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
    ],
    ['foreign content in odd letters', '<foreignobject><b/></foreignobject>'],
    ['a frame', '<iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/>'],
    ['an embedded object', '<embed src="https://evil.example/"/><object data="x"/>'],
    ['sound and film', '<audio src="x" onerror="alert(1)"/><video><source src="x"/></video>'],
    ['an HTML picture', '<img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/>'],
    [
      'mathematics',
      '<math xmlns="http://www.w3.org/1998/Math/MathML" href="javascript:alert(1)"/>',
    ],
    ['an animation that sets a handler', '<set attributeName="onload" to="alert(1)"/>'],
    ['an animation of a link', '<animate attributeName="href" values="javascript:alert(1)"/>'],
    ['an animation of an XLink', '<animate attributeName="xlink:href" to="javascript:alert(1)"/>'],
    ['an animation of a style', '<set attributeName="style" to="fill:url(//evil.example)"/>'],
    ['an animation that names nothing', '<animate to="javascript:alert(1)"/>'],
    ['a link element', '<link xmlns="http://www.w3.org/1999/xhtml" rel="stylesheet" href="//e"/>'],
    [
      'a font from elsewhere',
      '<font-face><font-face-src><font-face-uri href="//e"/></font-face-src></font-face>',
    ],
    ['a colour profile', '<color-profile name="a" xlink:href="https://evil.example/"/>'],
    ['a cursor', '<cursor xlink:href="https://evil.example/c.cur"/>'],
    ['an element nobody knows', '<constructor/><__proto__/><toString/>'],
    ['comments, with what hides in them', '<!--[if IE]><script>alert(1)</script><![endif]-->'],
    [
      'processing instructions',
      '<?xml-stylesheet href="https://evil.example/x.css"?><?php evil() ?>',
    ],
    ['metadata of any kind', '<metadata><rdf:x xmlns:rdf="urn:x">a</rdf:x></metadata>'],
  ])('%s', (_, inner) => {
    expect(sanitizeSvg(svg(inner))).toBe(nothing)
  })
})

describe('keeps the element and drops the attribute', () => {
  test.each([
    ['<g onload="alert(1)"/>', '<g/>'],
    ['<g ONLOAD="alert(1)" onClick="a()"/>', '<g/>'],
    ['<g xmlns:e="http://www.w3.org/2001/xml-events" e:event="load"/>', '<g/>'],
    ['<a href="javascript:alert(1)"><g/></a>', '<a><g/></a>'],
    ['<a xlink:href="java&#115;cript:alert(1)"><g/></a>', '<a><g/></a>'],
    ['<a href="&#x6A;avascript&colon;alert(1)"/>', undefined],
    ['<a xlink:href=" java\nscript:alert(1)"/>', '<a/>'],
    ['<a href="https://evil.example/" target="_blank"/>', '<a/>'],
    ['<use href="data:image/svg+xml;base64,PHN2Zy8+"/>', '<use/>'],
    ['<use xlink:href="https://evil.example/x.svg#a"/>', '<use/>'],
    ['<use href="//evil.example/x.svg#a"/>', '<use/>'],
    [`<use href="${png}"/>`, '<use/>'],
    ['<image href="data:image/svg+xml,&lt;svg/&gt;"/>', '<image/>'],
    ['<image href="data:text/html;base64,PHNjcmlwdD4="/>', '<image/>'],
    ['<image href="data:image/png,&lt;script&gt;"/>', '<image/>'],
    ['<image href="https://evil.example/pixel.png"/>', '<image/>'],
    ['<feImage href="file:///etc/passwd"/>', '<feImage/>'],
    ['<image xmlns:k="http://www.w3.org/1999/xlink" k:href="//evil.example"/>', '<image/>'],
    ['<g fill="url(https://evil.example/#a)"/>', '<g/>'],
    ['<g filter="URL( \'//evil.example\' )"/>', '<g/>'],
    ['<g mask="u\\72l(//evil.example)"/>', '<g/>'],
    ['<g cursor="image-set(\'//evil.example\' 1x)"/>', '<g/>'],
    ['<g style="background:url(//evil.example);fill:red"/>', '<g style="fill:red"/>'],
    ['<g style="fill:red;-moz-binding:url(x);behavior:url(y)"/>', '<g style="fill:red"/>'],
    ['<g style="width:expression(alert(1))"/>', '<g/>'],
    ['<g style="fill:url(x&quot;);y:red"/>', '<g/>'],
    ['<g xml:base="https://evil.example/" xml:lang="en"/>', '<g xml:lang="en"/>'],
    [
      '<g data-x="&lt;script&gt;" id="&quot;&gt;&lt;script&gt;"/>',
      '<g id="&quot;&gt;&lt;script&gt;"/>',
    ],
    ['<set attributeName="fill" to="url(//evil.example)"/>', '<set attributeName="fill"/>'],
    ['<animate attributeName="fill" values="red;url(//e)"/>', '<animate attributeName="fill"/>'],
  ])('%s', (inner, expected) => {
    if (expected === undefined) expect(() => sanitizeSvg(svg(inner))).toThrow(InvalidSvgError)
    else expect(sanitizeSvg(svg(inner))).toBe(svg(expected))
  })
})

describe('cleans a style sheet', () => {
  test.each([
    ['@import "https://evil.example/x.css";.a{fill:red}', '.a{fill:red}'],
    ['@import url(//evil.example);', ''],
    ['@font-face{font-family:a;src:url(//evil.example)}.a{fill:red}', '.a{fill:red}'],
    ['.a{fill:red;background:url("//evil.example")}', '.a{fill:red}'],
    ['.a{fill:url(#b);stroke:url("#c")}', '.a{fill:url(#b);stroke:url("#c")}'],
    [
      '.a{fill:red}@media (width > 9px){.b{src:url(x);fill:blue}}',
      '.a{fill:red}@media (width > 9px){.b{fill:blue}}',
    ],
    ['@media screen{@import "//e";.a{fill:red}}', '@media screen{.a{fill:red}}'],
    ['@namespace url(http://www.w3.org/1999/xhtml);', ''],
    ['@\\69mport "//evil.example";', ''],
    ['.a{background:u\\rl(//evil.example)}', ''],
    ['.a{background:url(a"b)}@import "//e";("c)}', ''],
    ['.a{content:"\n}@import url(//e);"}', ''],
    ['.a{fill:red/*}*/;b:url(//e)/**/}', '.a{fill:red}'],
    ['.a{fill:red}}@import "x";{', ''],
    ['.a{fill:red', ''],
    ['/* never closed .a{fill:red}', ''],
    ['</style><script>alert(1)</script>', undefined],
    ['&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;{}', ''],
    ['<![CDATA[.a{fill:red}</style><script>]]>', '.a{fill:red}'],
    ['.a{--x:url(//evil.example);fill:var(--x)}', '.a{fill:var(--x)}'],
    ['.a{background:src("//e");mask:image("//e");fill:paint(x);r:attr(id)}', '.a{}'],
  ])('%s', (css, expected) => {
    const text = svg(`<style>${css}</style>`)
    if (expected === undefined) expect(() => sanitizeSvg(text)).toThrow(InvalidSvgError)
    else
      expect(sanitizeSvg(text)).toBe(
        svg(
          expected === ''
            ? '<style/>'
            : `<style>${expected.replaceAll('"', '&quot;').replaceAll('>', '&gt;')}</style>`,
        ),
      )
  })
})

describe('refuses', () => {
  test.each([
    [
      'entities of its own',
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>')}`,
    ],
    [
      'a billion laughs',
      `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${svg('<text>&b;</text>')}`,
    ],
    ['a parameter entity', `<!DOCTYPE svg [<!ENTITY % p SYSTEM "//e">%p;]>${nothing}`],
    ['entities in a later doctype', `${nothing}<!DOCTYPE svg [<!ENTITY a "b">]>`],
    ['an entity outside a doctype', svg('<!ENTITY a "b">')],
    ['an HTML page', '<html><body><svg/></body></html>'],
    ['a page that begins as a drawing', `${nothing}<html xmlns="http://www.w3.org/1999/xhtml"/>`],
    ['a root of another namespace', '<svg xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['a root in a prefix of another namespace', '<svg:svg xmlns:svg="urn:x"/>'],
    ['a prefix that stands for nothing', '<x:svg/>'],
    ['a script as root', '<script xmlns="http://www.w3.org/2000/svg"/>'],
    ['text alone', 'alert(1)'],
    ['nothing', ''],
    ['a picture that ends as a drawing', `GIF89a/*${nothing}`],
    ['UTF-16 that was read as UTF-8', new TextDecoder().decode(toUtf16(nothing))],
    ['a null character', svg('<scr\0ipt/>')],
    ['an escaped null character', svg('<text>&#0;</text>')],
    ['half a character', svg('\ud800')],
    ['an attribute without quotes', svg('<g onload=alert(1)/>')],
    ['an attribute without a value', svg('<g onload/>')],
    ['white space after a bracket', svg('< script>alert(1)</script>')],
    ['a slash as a space', svg('<g/onload="alert(1)"/>')],
    ['tags that do not match', svg('<g></script>')],
    ['an end that is missing', `<svg ${ns}><g><title><style>`],
    ['an instruction that ends twice', `<?a ??>${nothing}`],
    ['nesting without end', svg('<g>'.repeat(300) + '</g>'.repeat(300))],
    ['attributes without end', svg(`<g ${'a="" '.repeat(300)}/>`)],
  ])('%s', (_, text) => {
    expect(() => sanitizeSvg(text)).toThrow(InvalidSvgError)
  })
})

describe('leaves alone', () => {
  test.each([
    '<path d="M0 0h10v10z" fill="#f00" transform="rotate(45 5 5) translate(1,2)"/>',
    '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#a)"/>',
    '<symbol id="s" viewBox="0 0 1 1"><circle r="1"/></symbol><use href="#s"/><use xlink:href="#s"/>',
    '<clipPath id="c"><rect/></clipPath><g clip-path="url(\'#c\')" style="fill:rgb(1,2,3);opacity:.5"/>',
    '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><g filter="url(#f)"/>',
    `<image href="${png}" width="1" height="1"/>`,
    `<image xlink:href="data:image/jpeg;base64,/9j/4AAQ" width="1" height="1"/>`,
    '<text x="1"> two  <tspan font-weight="700">words</tspan> &amp; more </text>',
    '<circle r="1"><animate attributeName="r" values="1;2;1" dur="1s" repeatCount="indefinite"/></circle>',
    '<animateTransform attributeName="transform" type="rotate" from="0" to="360" dur="1s"/>',
    '<style>.a{fill:url(#b);stroke:red!important}@keyframes k{to{transform:rotate(1turn)}}</style>',
    '<svg x="1"><marker id="m" orient="auto"/><path marker-end="url(#m)" d="M0 0"/></svg>',
  ])('%s', (inner) => {
    expect(sanitizeSvg(svg(inner))).toBe(svg(inner))
  })

  test('a drawing with a byte order mark, a declaration and the doctype of SVG 1.1', () => {
    const doctype =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    const text = `\ufeff<?xml version="1.0" encoding="UTF-8"?>\n${doctype}\n${svg('<g/>')}`
    expect(sanitizeSvg(text)).toBe(svg('<g/>'))
  })

  test('one whose elements have a prefix, or no namespace at all', () => {
    const prefixed = '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g><g/></s:g></s:svg>'
    expect(sanitizeSvg(prefixed)).toBe(svg('<g><g/></g>'))
    expect(sanitizeSvg('<svg><g/></svg>')).toBe(svg('<g/>'))
  })

  test('an embedded picture of many lines', () => {
    const lines = 'QUJD&#10;'.repeat(2000)
    const cleaned = sanitizeSvg(svg(`<image href="data:image/png;base64,${lines}"/>`))
    expect(cleaned.length).toBeGreaterThan(10_000)
  })
})

describe('takes no longer than three seconds over a megabyte of', () => {
  test.each([
    ['siblings', svg('<g/>'.repeat(250_000))],
    ['nesting', '<g>'.repeat(333_000)],
    ['namespaces', '<g xmlns:a="b">'.repeat(66_000)],
    ['attributes', `<svg ${'a="" '.repeat(200_000)}/>`],
    ['attributes that hold brackets', `<svg ${'a="<" '.repeat(160_000)}/>`],
    ['comments', svg('<!---->'.repeat(140_000))],
    ['references', svg(`<text>${'&#106;'.repeat(160_000)}</text>`)],
    ['one value', svg(`<path d="${'(a'.repeat(500_000)}"/>`)],
    ['one word', svg(`<g style="${'a'.repeat(1_000_000)}"/>`)],
    ['open strings', svg(`<style>${"'a\n".repeat(330_000)}</style>`)],
    ['open URLs', svg(`<style>${'url('.repeat(250_000)}</style>`)],
    ['an open CSS comment', svg(`<style>/*${'*a'.repeat(500_000)}</style>`)],
    ['rules', svg(`<style>${'.a{fill:red}'.repeat(80_000)}</style>`)],
    ['nested blocks', svg(`<style>${'@media a{'.repeat(110_000)}${'}'.repeat(110_000)}</style>`)],
    ['open brackets', '<'.repeat(1_000_000)],
    ['unfinished comments', '<!--'.repeat(250_000)],
    ['unfinished CDATA', '<![CDATA['.repeat(110_000)],
    ['doctypes', '<!DOCTYPE svg>'.repeat(70_000)],
    ['quotes in a doctype', `<!DOCTYPE ${'""'.repeat(500_000)}`],
  ])('%s', (_, text) => {
    const start = performance.now()
    try {
      sanitizeSvg(text)
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidSvgError)
    }
    expect(performance.now() - start).toBeLessThan(3000)
  })
})

function toUtf16(text: string): Uint8Array {
  return new Uint8Array(Uint16Array.from(`\ufeff${text}`, (char) => char.charCodeAt(0)).buffer)
}
