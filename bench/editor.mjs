export async function editor() {}
