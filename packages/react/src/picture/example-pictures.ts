/** Landscapes for stories and tests that need pictures without the network, each with its thumbhash. */
export interface ExamplePicture {
  readonly filename: string
  readonly width: number
  readonly height: number
  readonly url: string
  readonly thumbhash: string
}

type Scene = readonly [filename: string, width: number, height: number, hue: number, hash: string]

const firstScene: Scene = ['low tide.jpg', 960, 640, 40, 'GQeKG4IPd3l/iIB2hnAHKIeHcXiAGAg=']

const scenes: readonly Scene[] = [
  firstScene,
  ['breakwater.jpg', 640, 960, 255, 'mciNGwIPd38nWJiJel/nCAcHg4OImHc='],
  ['harbour.png', 800, 800, 200, '2wgKFwR3eYd/h3eAaEiIp3eIp2j3iXwP'],
  ['gulls.jpg', 1200, 675, 320, 'm7eJC4YPd3h/h4B3j2l3CAcHhISIiHc='],
  ['pier.jpg', 800, 600, 20, 'GfcNFYR3eId/h3eBeFiIeXWIYCcI'],
  ['dunes.jpg', 600, 800, 90, 'WzcKFQR3eH+IF4hXiHp3eHaFoFj3'],
  ['panorama.jpg', 2400, 600, 160, 'mTgKCoZ3eIiPeBiIinKfqPc='],
]

/** One of them, or of their kin: there is one for every number. */
export function examplePicture(at: number): ExamplePicture {
  const [filename, width, height, hue, thumbhash] = scenes[at % scenes.length] ?? firstScene
  return { filename, width, height, thumbhash, url: drawScene(width, height, hue) }
}

export const examplePictures: readonly ExamplePicture[] = scenes.map((_, at) => examplePicture(at))

/** The sun over hills over water. */
function drawScene(width: number, height: number, hue: number): string {
  const [far, near] = [height * 0.55, height * 0.68]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<linearGradient id="s" x2="0" y2="1"><stop stop-color="hsl(${hue + 190} 45% 38%)"/><stop offset=".7" stop-color="hsl(${hue} 70% 78%)"/></linearGradient>
<rect width="100%" height="100%" fill="url(#s)"/>
<circle cx="${width * 0.68}" cy="${far * 0.72}" r="${Math.min(width, height) * 0.08}" fill="hsl(${hue + 20} 95% 92%)"/>
<path d="M0 ${far} Q${width * 0.25} ${far * 0.7} ${width * 0.5} ${far} T${width} ${far * 0.9} V${height} H0Z" fill="hsl(${hue + 210} 30% 38%)"/>
<path d="M0 ${near} Q${width * 0.3} ${near * 1.08} ${width * 0.55} ${near} T${width} ${near} V${height} H0Z" fill="hsl(${hue + 215} 40% 20%)"/>
</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
