import { asksForWebSocket } from '../../api/upgrade-response.ts'
import { execOptionsOf, type ExecOptions, type RunSession } from './exec-session.ts'
import { execOverSpdy, offeredProtocols, spdyRefusal } from './exec-spdy.ts'
import { execOverWebSocket, speaksChannels } from './exec-websocket.ts'
import { NO_ATTACH } from './guest-access.ts'
import { sayPlainly, targetOf, type KubeletCall } from './kubelet-call.ts'
import { runExec } from './run-exec.ts'

function optionsOf({ query, response }: KubeletCall): ExecOptions | undefined {
  try {
    return execOptionsOf(query)
  } catch (error) {
    sayPlainly(response, 400, error instanceof Error ? error.message : String(error))
    return undefined
  }
}

/** Upgrades to what the caller speaks and runs the session, or says why not. */
async function converse(call: KubeletCall, options: ExecOptions, run: RunSession): Promise<void> {
  const { request, response, upgrade } = call
  if (upgrade && asksForWebSocket(request)) {
    if (!speaksChannels(request)) return sayPlainly(response, 403, 'requested protocol(s) are not supported')
    upgrade.takeOver()
    return execOverWebSocket(upgrade.upgrade, options, run)
  }
  const offered = offeredProtocols(request.headers['x-stream-protocol-version'])
  if (!upgrade || offered.length === 0) {
    const count = Object.keys(request.headers).length
    const missing = `header X-Stream-Protocol-Version does not exist in request with ${count} headers`
    return sayPlainly(response, 400, `unable to upgrade: ${missing}`)
  }
  const refusal = spdyRefusal(offered, 'v4.channel.k8s.io')
  if (refusal !== undefined) return sayPlainly(response, 403, refusal)
  upgrade.takeOver()
  return execOverSpdy(upgrade.upgrade, options, run)
}

/** `/exec/{namespace}/{pod}/{container}?command=…`. */
export async function serveExec(call: KubeletCall): Promise<void> {
  const target = targetOf(call)
  const options = target && optionsOf(call)
  if (!target || !options) return
  const command = call.query.getAll('command')
  await converse(call, options, async (session) => {
    await session.finish(await runExec(target, command, session))
  })
}

/** `/attach/{namespace}/{pod}/{container}`: there is nothing to attach to (contract 6.7). */
export async function serveAttach(call: KubeletCall): Promise<void> {
  const options = targetOf(call) && optionsOf(call)
  if (!options) return
  const error = `error attaching to container: ${NO_ATTACH}`
  await converse(call, options, (session) => session.finish({ error }))
}
