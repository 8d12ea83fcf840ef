/** All that is read of S3's XML: elements that hold nothing but text, by their names, wherever they are. */

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** Finds the texts of all elements of a name. */
export function findTexts(xml: string, name: string): readonly string[] {
  return findInside(xml, name)
    .filter((text) => !text.includes('<'))
    .map(decodeEntities)
}

/** Finds what is inside all elements of a name, which must not hold others of the same name. */
export function findInside(xml: string, name: string): readonly string[] {
  const pattern = new RegExp(`<${name}>(.*?)</${name}>`, 'gs')
  return [...xml.matchAll(pattern)].map(([, inside = '']) => inside)
}

/** Writes a text so that it may stand in XML. */
export function encodeEntities(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, (whole, ...groups) => {
    const [decimal, hex, name]: (string | undefined)[] = groups
    if (name !== undefined) return entities[name] ?? whole
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal)
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
  })
}
