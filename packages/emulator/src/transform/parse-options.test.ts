import { describe, expect, test } from 'vitest'
import { RefusedError } from '../refusal.ts'
import { defaultSettings } from '../settings.ts'
import { parseOptions } from './parse-options.ts'

const red = { r: 255, g: 0, b: 0, alpha: 1 }

describe('reads', () => {
  test.each([
    ['w=400,sharpen=3', { width: 400, sharpen: 3 }],
    ['width=1,height=2', { width: 1, height: 2 }],
    ['h=80', { height: 80 }],
    ['fit=aspect-crop', { fit: 'aspect-crop' }],
    ['g=left', { gravity: { x: 0, y: 0.5 } }],
    ['gravity=bottom', { gravity: { x: 0.5, y: 1 } }],
    ['g=0.25x1', { gravity: { x: 0.25, y: 1 } }],
    ['g=auto', { gravity: 'auto' }],
    ['q=1', { quality: 1 }],
    ['quality=high', { quality: 90 }],
    ['q=low', { quality: 50 }],
    ['f=avif', { format: 'avif' }],
    ['dpr=1.5', { dpr: 1.5 }],
    ['rotate=270,flip=hv', { rotate: 270, flip: 'hv' }],
    ['background=red', { background: red }],
    ['background=%23f00', { background: red }],
    ['background=rgb%28255%2C0%2C0%29', { background: red }],
    ['background=rgba%28255%200%200%20100%29', { background: red }],
    ['blur=250,contrast=0,gamma=.5', { blur: 250, contrast: 0, gamma: 0.5 }],
    ['anim=false,metadata=keep', { anim: false, metadata: 'keep' }],
    ['trim.left=0.5', { trim: { left: { fraction: 0.5 } } }],
    ['trim.top=3,trim.width=9', { trim: { top: { pixels: 3 }, width: { pixels: 9 } } }],
    ['trim=border', { border: { distance: 10, keep: 0 } }],
    ['upscale=interpolate', {}],
    ['scq=low,q=80', { quality: 80, slowQuality: 50 }],
  ])('%s', (list, options) => {
    expect(parseOptions(list, defaultSettings)).toMatchObject(options)
  })

  test('four sides between semicolons', () => {
    const { trim } = parseOptions('trim=20;30;0.1;0', defaultSettings)
    expect(trim).toEqual({
      top: { pixels: 20 },
      right: { pixels: 30 },
      bottom: { fraction: 0.1 },
      left: { pixels: 0 },
    })
  })

  test('what else belongs to a border', () => {
    const list = 'trim=border,trim.border.color=red,trim.border.tolerance=200,trim.border.keep=4'
    const { border, trim } = parseOptions(list, defaultSettings)
    expect([border, trim]).toEqual([{ colour: red, distance: 55, keep: 4 }, undefined])
  })

  test('widths to choose from', () => {
    expect(parseOptions('w=auto', defaultSettings)).toEqual({
      autoWidth: { breakpoints: [320, 768, 960, 1200], mobile: 768, desktop: 1200 },
    })
    const list = 'w=auto,wbreakpoints=900;100,wmobile=50,wdesktop=60'
    expect(parseOptions(list, defaultSettings)).toMatchObject({
      autoWidth: { breakpoints: [100, 900], mobile: 50, desktop: 60 },
    })
  })
})

function refusal(list: string): string {
  try {
    parseOptions(list, defaultSettings)
    return 'nothing'
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    return `${error.refusal.code} ${error.refusal.message}`
  }
}

describe('refuses with 9401', () => {
  test.each([
    ['w=0'],
    ['w=-1'],
    ['w=1.5'],
    ['w=1e3'],
    ['w='],
    ['w'],
    ['=4'],
    ['w=400,'],
    ['w=400,,h=3'],
    ['w=400px'],
    ['w=1,w=2'],
    ['w=1,width=2'],
    ['h=auto'],
    ['W=400'],
    ['size=400'],
    ['__proto__=4'],
    ['constructor=4'],
    ['fit=fill'],
    ['fit=constructor'],
    ['g=northwest'],
    ['g=0.5x1.1'],
    ['g=0.5x0.5x0.5'],
    ['g=x'],
    ['q=0'],
    ['q=101'],
    ['q=best'],
    ['f=gif'],
    ['f=png'],
    ['dpr=2.5'],
    ['dpr=0'],
    ['rotate=45'],
    ['flip=vh'],
    ['background=reddish'],
    ['background=%23ff'],
    ['background=rgb%281%2C2%29'],
    ['blur=251'],
    ['blur=1.5'],
    ['sharpen=10.1'],
    ['sharpen=-1'],
    ['brightness=-1'],
    ['metadata=all'],
    ['anim=1'],
    ['compression=slow'],
    ['trim=1;2;3'],
    ['trim=1;2;3;4;5'],
    ['trim=1;2;3;x'],
    ['trim=1;2;3;1.5'],
    ['trim.right=4'],
    ['trim=1;2;3;4,trim.top=4'],
    ['trim.border.keep=3'],
    ['trim=border,trim.border.tolerance=256'],
    ['wmobile=300'],
    ['w=300,wdesktop=300'],
    ['segment=background'],
    ['upscale=yes'],
    ['%E0%A4%A=1'],
    ['onerror=redirect'],
    ['border=1'],
    ['draw=x'],
    ['origin-auth=share-publicly'],
  ])('%s', (list) => {
    expect(refusal(list)).toMatch(/^9401 Missing or invalid resizing parameters: /)
  })

  test('naming the option, and never at length', () => {
    expect(refusal('w=400,sharpen=99')).toContain('"sharpen=99"')
    expect(refusal('draw=x')).toContain('Workers only')
    expect(refusal(`a${'b'.repeat(5000)}=1`).length).toBeLessThan(150)
  })
})

test.each(['g=face', 'g=face,zoom=0.5', 'zoom=0', 'segment=foreground', 'upscale=generate'])(
  'names %s as not emulated',
  (list) => {
    expect(refusal(list)).toMatch(/^501 .*is not emulated$/)
  },
)
