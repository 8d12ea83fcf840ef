import { cleanup, render, screen } from '@testing-library/react'
import axe from 'axe-core'
import { createRef } from 'react'
import type { ComponentType, ReactElement, RefAttributes } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it } from 'vitest'

export interface PartSetup<Props> {
  /** The part's own props. */
  readonly props: Props
  /** Puts the part where it is allowed to stand. */
  readonly within: (part: ReactElement) => ReactElement
}

/**
 * What every part promises: to hand on props, class and ref; to say what it is by `data-slot` and how
 * it is by `data-status`; to render on a server; and to pass axe.
 */
export function describePart<Props extends object, Element extends HTMLElement>(
  name: string,
  Part: ComponentType<Props & RefAttributes<Element>>,
  { props, within }: PartSetup<Props>,
): void {
  describe(name, () => {
    afterEach(cleanup)

    const extra = { 'data-testid': 'part', className: 'mine', title: 'ours' }

    it('hands on props and class', () => {
      render(within(<Part {...props} {...extra} />))
      const { className, title } = screen.getByTestId('part')
      expect({ className, title }).toEqual({ className: 'mine', title: 'ours' })
    })

    it('hands on its ref', () => {
      const ref = createRef<Element>()
      render(within(<Part {...props} {...extra} ref={ref} />))
      expect(ref.current).toBe(screen.getByTestId('part'))
    })

    it('says what and how it is', () => {
      render(within(<Part {...props} {...extra} />))
      const { dataset } = screen.getByTestId('part')
      expect(dataset['slot']).toMatch(/^[a-z]+(-[a-z]+)+$/u)
      expect(dataset['status']).toMatch(/^[a-z]+(-[a-z]+)*$/u)
    })

    it('renders on a server', () => {
      expect(renderToString(within(<Part {...props} {...extra} />))).toContain('class="mine"')
    })

    it('passes axe', async () => {
      const { container } = render(within(<Part {...props} />))
      // jsdom paints nothing, so colours are judged in the stories; a part alone is not a page.
      const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } }
      const { violations } = await axe.run(container, { rules })
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    })
  })
}
