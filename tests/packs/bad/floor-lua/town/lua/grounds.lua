local grounds = {}
function grounds.open() return true end
return grounds
