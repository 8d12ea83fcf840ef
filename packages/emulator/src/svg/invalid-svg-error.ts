/** Says why a text is not taken for a drawing. */
export class InvalidSvgError extends Error {
  override readonly name = 'InvalidSvgError'

  constructor(reason: string) {
    super(`The SVG cannot be read: ${reason}`)
  }
}
