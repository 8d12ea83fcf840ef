import { forwardRef } from 'react'
import type {
  ComponentPropsWithoutRef,
  ElementType,
  ForwardRefExoticComponent,
  ForwardRefRenderFunction,
  PropsWithoutRef,
  Ref,
  RefAttributes,
} from 'react'

/** Own props of a part, and every prop of the element it draws that they do not replace. */
export type PartProps<Tag extends ElementType, Own = unknown> = Own &
  Omit<ComponentPropsWithoutRef<Tag>, keyof Own>

export type Part<Element, Props> = ForwardRefExoticComponent<
  PropsWithoutRef<Props> & RefAttributes<Element>
>

/** Makes a component that hands its ref on, in React 18 and 19 alike. */
export function createPart<Element, Props extends object>(
  name: string,
  render: ForwardRefRenderFunction<Element, PropsWithoutRef<Props>>,
): Part<Element, Props> {
  const part = forwardRef<Element, Props>(render)
  part.displayName = name
  return part
}

/** Sets two refs at once. */
export function mergeRefs<Element>(
  first: Ref<Element> | undefined,
  second: Ref<Element> | undefined,
): (element: Element | null) => void {
  return (element) => {
    for (const ref of [first, second]) {
      if (typeof ref === 'function') ref(element)
      else if (ref) ref.current = element
    }
  }
}
