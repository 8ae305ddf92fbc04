import plugin from "/tmp/w/h12/p0/dist/lib/index.js";
export default [...plugin.configs.recommended, { settings: { "container-images": { resolve: "cache" } } }];
