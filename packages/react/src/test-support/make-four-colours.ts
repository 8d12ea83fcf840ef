/** Red, green, blue and yellow: from the left, from the top. */
const fourColours = ['#ff0000', '#00ff00', '#0000ff', '#ffff00'] as const

export interface FourColours {
  readonly width: number
  readonly height: number
  readonly type?: 'image/jpeg' | 'image/png'
  /** How much shows through. */
  readonly alpha?: number
}

/** Paints a picture with a colour in each quarter, for tests that look at pixels. Needs a real browser. */
export async function makeFourColours(options: FourColours): Promise<File> {
  const { width, height, type = 'image/png', alpha = 1 } = options
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser has no canvas to draw on.')
  context.globalAlpha = alpha
  for (const [at, colour] of fourColours.entries()) {
    context.fillStyle = colour
    const [x, y] = [(at % 2) * (width / 2), Math.floor(at / 2) * (height / 2)]
    context.fillRect(x, y, width / 2, height / 2)
  }
  const blob = await canvas.convertToBlob({ type, quality: 1 })
  return new File([blob], type === 'image/png' ? 'four.png' : 'four.jpg', { type })
}
