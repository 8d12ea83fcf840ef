/** Holds what may stay in a drawing: https://www.w3.org/TR/SVG11/ and https://www.w3.org/TR/SVG2/ */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Elements whose text is seen, or read out. */
export const textElements: ReadonlySet<string> = words('a desc style text textPath title tspan')

/** Elements that change an attribute over time. */
export const animations: ReadonlySet<string> = words('animate animateMotion animateTransform set')

/** Elements that draw. `a` is kept as a mere group, without where it leads. */
export const elements: ReadonlySet<string> = words(`
  a circle clipPath defs desc ellipse g image line linearGradient marker mask mpath path pattern polygon polyline
  radialGradient rect stop style svg switch symbol text textPath title tspan use view
  animate animateMotion animateTransform set
  feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
  feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
  feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter
`)

/** Elements that may embed a picture. */
export const pictureElements: ReadonlySet<string> = words('feImage image')

/** Attributes that an animation must leave alone. */
export const fixedAttributes: ReadonlySet<string> = words('class id style')

/** Attributes without a namespace, `href` apart. */
export const attributes: ReadonlySet<string> = words(`
  class id style lang role aria-hidden aria-label aria-labelledby aria-describedby
  requiredExtensions requiredFeatures systemLanguage media
  baseProfile contentScriptType height preserveAspectRatio version viewBox width x y zoomAndPan
  cx cy d dx dy fr fx fy pathLength points r rotate rx ry transform x1 x2 y1 y2 z
  clipPathUnits externalResourcesRequired filterUnits gradientTransform gradientUnits lengthAdjust markerHeight
  markerUnits markerWidth maskContentUnits maskUnits method offset orient patternContentUnits patternTransform
  patternUnits primitiveUnits refX refY side spacing spreadMethod startOffset textLength viewTarget
  amplitude azimuth baseFrequency bias diffuseConstant divisor edgeMode elevation exponent filterRes in in2
  intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength limitingConeAngle mode numOctaves operator order pointsAtX
  pointsAtY pointsAtZ preserveAlpha radius result scale seed slope specularConstant specularExponent stdDeviation
  stitchTiles surfaceScale tableValues targetX targetY type values xChannelSelector yChannelSelector
  accumulate additive attributeName attributeType begin by calcMode dur end fill from keyPoints keySplines keyTimes
  max min origin path repeatCount repeatDur restart to
  alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
  color-profile color-rendering cursor direction display dominant-baseline enable-background fill-opacity fill-rule
  filter flood-color flood-opacity font font-family font-feature-settings font-kerning font-size font-size-adjust
  font-stretch font-style font-variant font-variation-settings font-weight glyph-orientation-horizontal
  glyph-orientation-vertical image-rendering isolation kerning letter-spacing lighting-color line-height marker
  marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order pointer-events
  shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
  stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-overflow text-rendering
  transform-box transform-origin unicode-bidi vector-effect visibility white-space word-spacing writing-mode
`)

/** Functions a value may call; `url` is judged by where it points. */
export const functions: ReadonlySet<string> = words(`
  calc clamp max min var color color-mix hsl hsla hwb lab lch oklab oklch rgb rgba
  matrix matrix3d perspective rotate rotatex rotatey rotatez scale scalex scaley scalez skew skewx skewy
  translate translatex translatey translatez translate3d
  circle ellipse inset path polygon blur brightness contrast drop-shadow grayscale hue-rotate invert opacity
  saturate sepia cubic-bezier linear steps
`)

/** Rules of a style sheet that only hold other rules. */
export const groupRules: ReadonlySet<string> = words(
  'keyframes media -moz-keyframes -webkit-keyframes',
)
