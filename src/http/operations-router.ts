import { type RequestHandler, Router } from 'express';

export interface Health {
  /** True until the drain begins. */
  accepting(): boolean;
  /** True where at least one backend answers: a gateway whose tenants all answer 503 should get no traffic. */
  backendsAnswer(): Promise<boolean>;
}

/** `/livez` asks no backend, since restarting the gateway mends none. */
export function healthRouter({ accepting, backendsAnswer }: Health): Router {
  const router = Router();
  router.get(['/livez', '/health'], (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  router.get(['/readyz', '/ready'], async (_request, response) => {
    const state = accepting() ? ((await backendsAnswer()) ? 'ready' : 'no backend answers') : 'draining';
    response
      .status(state === 'ready' ? 200 : 503)
      .type('text/plain')
      .send(`${state}\n`);
  });
  return router;
}

/** Counts tell about an organisation, so that a guard stands before them wherever the port is public. */
export function metricsRouter(
  metrics: { readonly contentType: string; render(): Promise<string> },
  ...guards: readonly RequestHandler[]
): Router {
  const router = Router();
  router.get('/metrics', ...guards, async (_request, response) => {
    response.set('content-type', metrics.contentType).send(await metrics.render());
  });
  return router;
}
