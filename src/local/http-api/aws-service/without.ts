import type { Route, RouteTarget } from '../route.ts';

/** Routes where no services are: integrations with them are not emulated. */
export const withoutServices = (routes: readonly Route[]): Route[] =>
  routes.map((route) => {
    const name = serviceCalled(route.target);
    return name === undefined
      ? route
      : {
          ...route,
          target: { kind: 'unsupported', reason: `${name} wants the services that start serves` },
        };
  });

function serviceCalled(target: RouteTarget): string | undefined {
  if (target.kind === 'service') return target.called.subtype;
  return target.kind === 'mapped' && target.to.kind === 'service' ? target.to.called.name : undefined;
}
