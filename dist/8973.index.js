const o=8973,O=[8973],d={98973:((D,E,_)=>{_.d(E,{fromEnv:()=>s.g});var s=_(5418),M=_(82936),P=_(99525),n=_(51523)})};export{o as id,O as ids,d as modules};
