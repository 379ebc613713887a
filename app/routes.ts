import type { RouteConfig } from "@react-router/dev/routes";

/** The whole URL map. */
export default [] satisfies RouteConfig;
