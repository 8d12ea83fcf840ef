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

/** Sets two refs at once. A clean-up that a callback ref returns, as in React 19, is called in place of `null`. */
export function mergeRefs<Element>(
  first: Ref<Element> | undefined,
  second: Ref<Element> | undefined,
): (element: Element | null) => void {
  const setters = [toSetter(first), toSetter(second)]
  return (element) => {
    for (const set of setters) set(element)
  }
}

function toSetter<Element>(ref: Ref<Element> | undefined): (element: Element | null) => void {
  let cleanUp: void | (() => void)
  return (element) => {
    if (typeof ref !== 'function') {
      if (ref) ref.current = element
    } else if (element === null && cleanUp) {
      cleanUp()
    } else {
      cleanUp = ref(element)
    }
  }
}
