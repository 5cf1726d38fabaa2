/**
 * xterm makes style elements as it opens and knows no nonce, without which the page's policy has no use for them: the
 * style elements that `work` makes bear the page's.
 */
export function withNonce(work: () => void): void {
  const nonce = document.querySelector<HTMLElement>('script[nonce]')?.nonce
  if (!nonce) return work()
  const createElement = document.createElement.bind(document)
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = createElement(name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
  try {
    work()
  } finally {
    // What is left is the prototype's own.
    Reflect.deleteProperty(document, 'createElement')
  }
}
