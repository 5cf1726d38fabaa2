interface Options {
  steal?: boolean
  signal?: AbortSignal
}

interface Waiter {
  grant(): void
}

const lost = () => new DOMException('the lock was stolen', 'AbortError')

/**
 * One exclusive lock as all tabs of a browser see it (Web Locks, without names and modes): granted in order,
 * given back when the callback settles, taken away by a request that steals.
 */
export function createLocks() {
  const queue: Waiter[] = []
  let rob: (() => void) | null = null

  const next = () => {
    if (rob === null) queue.shift()?.grant()
  }
  const request = (_name: string, options: Options, callback: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const waiter: Waiter = {
        grant() {
          options.signal?.removeEventListener('abort', leave)
          const mine = () => reject(lost())
          rob = mine
          const giveBack = () => {
            if (rob !== mine) return
            rob = null
            next()
          }
          callback().then(resolve, reject).finally(giveBack)
        },
      }
      const leave = () => {
        queue.splice(queue.indexOf(waiter), 1)
        reject(options.signal?.reason as Error)
      }
      if (options.signal?.aborted) {
        reject(options.signal.reason as Error)
        return
      }
      if (options.steal) {
        rob?.()
        waiter.grant()
        return
      }
      options.signal?.addEventListener('abort', leave, { once: true })
      queue.push(waiter)
      next()
    })
  return { request, waiting: () => queue.length }
}
